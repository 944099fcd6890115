// What the parts of an operation cost on this machine: one signature, one commit, one look at a table.
import { execFileSync } from 'node:child_process'

import { LOAD_CORE, program, SERVER_CORE } from './programs.mjs'

/** @param {import('./postgres.mjs').Postgres} postgres @param {string} home a directory on the disk of the databases */
export function floor(postgres, home) {
  postgres.pin(LOAD_CORE)
  postgres.create('floor')
  try {
    const args = ['-c', String(SERVER_CORE), program('floor'), '--folder', home, '--postgres', postgres.of('floor')]
    return JSON.parse(execFileSync('taskset', args, { encoding: 'utf8' })).costs
  } finally {
    postgres.drop('floor')
  }
}
