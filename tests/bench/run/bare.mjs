// A web server that does nothing but answer, as much as ours does: what HTTP itself costs on this machine.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { program } from './programs.mjs'

/** How long the answers of most endpoints are, more or less. */
const USUAL_BYTES = 500

/** For the floor: what HTTP costs an operation. */
export const BARE = answering('bare', () => USUAL_BYTES)

/** @param {string} scenario @param {import('./ours.mjs').Ours} ours whose answers it is as long as */
export function bareAs(scenario, ours) {
  return answering(`bare-${scenario}`, () => {
    if (!ours.bytes[scenario]) throw new Error(`ONLY leaves out ${ours.name}, which says how much bare-${scenario} has to answer`)
    return ours.bytes[scenario]
  })
}

function answering(name, bytes) {
  const target = ({ port }) => ({ name: `${name}, ${bytes()} bytes`, issuer: `http://127.0.0.1:${port}`, discovery: '/', jwks: '/' })
  return {
    name,
    prepare: (place) => writeFileSync(join(place.home, 'target.json'), JSON.stringify(target(place))),
    command: ({ port }) => ({ program: program('answer'), args: ['--bytes', String(bytes()), '--listen', `127.0.0.1:${port}`] })
  }
}
