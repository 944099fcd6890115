// What a server does while it is measured, as perf sees it: a file for each run.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Looks a second. Each keeps the stack, as much of it as perf can, from which who called whom is found later: more looks would be more work than what they look at. */
const FREQUENCY = 199
const STACK = 65_528

/**
 * @param {number} pid
 * @param {string} name of the file
 * @param {{ seconds: number, warmUp: number, profile: string }} options the folder is empty where nothing is to be looked at
 */
export async function profiled(pid, name, { seconds, warmUp, profile }) {
  if (!profile) return
  await sleep(warmUp * 1000)
  const how = ['--quiet', '--freq', String(FREQUENCY), '--call-graph', `dwarf,${STACK}`, '--pid', String(pid)]
  const where = ['--output', join(profile, `${name}.data`)]
  const perf = spawn('perf', ['record', ...how, ...where, '--', 'sleep', String(seconds)], { stdio: 'inherit' })
  const [status] = await once(perf, 'exit')
  if (status !== 0) throw new Error(`perf ended with ${status}`)
}
