// A server that is measured: a process on one core that answers at an address.
import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'

const PATIENCE = 60_000
/** Some wait at their end for connections that nobody uses any more; ours carries SQLite's log into the file. */
const LAST_REQUESTS = 5_000

export class Served {
  /** Milliseconds from the start of the process to its first answer. */
  startUp = 0
  #process
  #ended
  #log
  #kill = () => this.#process.kill('SIGKILL')

  /**
   * @param {{ program: string, args: string[], cwd?: string, env?: Record<string, string> }} command
   * @param {string} url what answers with 200 once the server is ready
   * @param {{ log: string, core?: number }} options the file that it writes to, and the core that it has for itself
   */
  static async start(command, url, { log, core }) {
    // Once, so that loading the client does not count as the server's time.
    await fetch(url).catch(() => undefined)
    const began = performance.now()
    const served = new Served(command, log, core)
    await served.#answers(url, began)
    served.startUp = performance.now() - began
    return served
  }

  constructor({ program, args, cwd, env = {} }, log, core) {
    const [file, ...rest] = core === undefined ? [program, ...args] : ['taskset', '-c', String(core), program, ...args]
    this.#log = log
    // To a file: what it writes then costs it what it would cost it anywhere, and us nothing.
    const output = openSync(log, 'a')
    this.#process = spawn(file, rest, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', output, output] })
    closeSync(output)
    process.once('exit', this.#kill)
    this.#ended = new Promise((resolve) => this.#process.once('exit', resolve).once('error', resolve))
  }

  get pid() {
    return this.#process.pid
  }

  async stop() {
    this.#process.kill('SIGTERM')
    const impatient = setTimeout(this.#kill, LAST_REQUESTS)
    await this.#ended
    clearTimeout(impatient)
    process.off('exit', this.#kill)
  }

  async #answers(url, began) {
    let ended = false
    this.#ended.then(() => (ended = true))
    while (performance.now() - began < PATIENCE && !ended) {
      const answer = await fetch(url).catch(() => undefined)
      await answer?.arrayBuffer()
      if (answer?.ok) return
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    this.#kill()
    process.off('exit', this.#kill)
    throw new Error(`${this.#process.spawnargs.join(' ')} does not answer at ${url}:\n${readFileSync(this.#log, 'utf8').slice(-4000)}`)
  }
}
