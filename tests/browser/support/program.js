// The binary under test: runs it to its end, or until it is stopped.
import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

export const root = fileURLToPath(new URL('../../..', import.meta.url))
const program = join(root, process.env.CARGO_TARGET_DIR ?? 'target', 'debug', 'get-an-identity')
const configured = ['--config', 'config/test.toml']

/** Runs a subcommand and gives what it prints. @param {string[]} args @param {Record<string, string>} settings */
export function run(args, settings = {}) {
  const done = spawnSync(program, [...configured, ...args], { cwd: root, env: env(settings), encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`${args.join(' ')}: ${done.stderr}${done.error ?? ''}`)
  return done.stdout
}

/** A subcommand that goes on until it is stopped. It is ready with its first line on standard output. */
export class Running {
  /** @param {string[]} args @param {Record<string, string>} settings */
  static async start(args, settings = {}) {
    const running = new Running(args, settings)
    await running.#ready
    return running
  }

  /** All that it wrote on standard error. */
  log = ''
  #process
  #ready
  #ended

  constructor(args, settings) {
    this.#process = spawn(program, [...configured, ...args], { cwd: root, env: env(settings) })
    this.#process.stderr.setEncoding('utf8').on('data', (text) => (this.log += text))
    this.#ended = new Promise((resolve) => this.#process.once('exit', resolve))
    this.#ready = new Promise((resolve, reject) => {
      this.#process.stdout.once('data', resolve)
      this.#process.once('error', reject)
      this.#process.once('exit', () => reject(new Error(`${args.join(' ')} ended:\n${this.log}`)))
    })
  }

  /** @param {NodeJS.Signals} signal */
  async stop(signal = 'SIGTERM') {
    this.#process.kill(signal)
    await this.#ended
  }
}

function env(settings) {
  const ours = Object.entries(process.env).filter(([name]) => !name.startsWith('GAI__'))
  return { ...Object.fromEntries(ours), ...settings }
}
