// A web server that does nothing but answer, as much as ours does: what HTTP itself costs on this machine.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { program } from './programs.mjs'

/** @param {string} scenario @param {import('./ours.mjs').Ours} ours whose answers it is as long as */
export function bare(scenario, ours) {
  const bytes = () => {
    if (!ours.bytes[scenario]) throw new Error(`ONLY leaves out ${ours.name}, which says how much bare-${scenario} has to answer`)
    return ours.bytes[scenario]
  }
  return {
    name: `bare-${scenario}`,
    prepare: ({ home, port }) =>
      writeFileSync(
        join(home, 'target.json'),
        JSON.stringify({ name: `bare actix-web, ${bytes()} bytes`, issuer: `http://127.0.0.1:${port}`, discovery: '/', jwks: '/' })
      ),
    command: ({ port }) => ({ program: program('answer'), args: ['--bytes', String(bytes()), '--listen', `127.0.0.1:${port}`] })
  }
}
