// The load program, on the core that the server does not have.
import { spawn } from 'node:child_process'

import { LOAD_CORE, program } from './programs.mjs'

const VOID = 1

/**
 * @param {string} target the file that describes the server @param {string} scenario
 * @param {{ connections: number, seconds: number, warmUp: number, sink: number, isAlone: boolean }} pace where it has its core
 *   for itself, it keeps that awake
 */
export function startLoad(target, scenario, { connections, seconds, warmUp, sink, isAlone }) {
  const args = ['-c', String(LOAD_CORE), program('load'), '--target', target, '--scenario', scenario]
  args.push('--connections', String(connections), '--seconds', String(seconds), '--warm-up', String(warmUp), '--sink', `127.0.0.1:${sink}`)
  if (!isAlone) args.push('--not-alone')
  const process = spawn('taskset', args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const told = ['', '']
  for (const [at, stream] of [process.stdout, process.stderr].entries()) {
    stream.setEncoding('utf8').on('data', (text) => (told[at] += text))
  }
  return new Promise((resolve, reject) => {
    process.once('error', reject)
    process.once('close', (status) => {
      const [line, problem] = told
      // A void run says what failed. Anything else that is wrong ends the benchmark: it would measure something else.
      if (status === 0 || (status === VOID && line)) resolve(JSON.parse(line))
      else reject(new Error(`load --target ${target} --scenario ${scenario}: ${problem || status}`))
    })
  })
}
