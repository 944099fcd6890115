// Where the programs of a release build are.
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

import { root } from '../../browser/support/program.js'

const run = promisify(execFile)
/** Beside the server, which has the other. */
export const LOAD_CORE = 1
export const SERVER_CORE = 0

/** @param {string} name */
export function program(name) {
  return join(resolve(root, process.env.CARGO_TARGET_DIR ?? 'target'), 'release', name)
}

/** Runs one of ours to its end. @returns {Promise<string>} what it wrote on standard output */
export async function output(name, args, env = {}) {
  const options = { cwd: root, env: { ...process.env, ...env }, maxBuffer: 1 << 26 }
  return (await run(program(name), args, options)).stdout
}

/** How large a program is without what only a debugger needs. */
export function strippedBytes(name) {
  const folder = mkdtempSync(join(tmpdir(), 'stripped-'))
  try {
    execFileSync('strip', ['-o', join(folder, name), program(name)])
    return statSync(join(folder, name)).size
  } finally {
    rmSync(folder, { recursive: true })
  }
}
