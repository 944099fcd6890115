// A server that is measured: a process on one core that answers at an address.
import { spawn } from 'node:child_process'

const PATIENCE = 30_000

export class Served {
  /** Milliseconds from the start of the process to its first answer. */
  startUp = 0
  /** The last that it wrote. */
  log = ''
  #process
  #ended

  /**
   * @param {{ program: string, args: string[], cwd?: string, env?: Record<string, string> }} command
   * @param {string} url what answers with 200 once the server is ready
   * @param {number} [core] the core that it has for itself
   */
  static async start(command, url, core) {
    const began = performance.now()
    const served = new Served(command, core)
    await served.#answers(url, began)
    served.startUp = performance.now() - began
    return served
  }

  constructor({ program, args, cwd, env = {} }, core) {
    const [file, ...rest] = core === undefined ? [program, ...args] : ['taskset', '-c', String(core), program, ...args]
    this.#process = spawn(file, rest, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (this.log = (this.log + text).slice(-4000)))
    }
    this.#ended = new Promise((resolve, reject) => this.#process.once('exit', resolve).once('error', reject))
  }

  get pid() {
    return this.#process.pid
  }

  async stop() {
    this.#process.kill('SIGTERM')
    const impatient = setTimeout(() => this.#process.kill('SIGKILL'), PATIENCE)
    await this.#ended
    clearTimeout(impatient)
  }

  async #answers(url, began) {
    let ended = false
    this.#ended.then(() => (ended = true), () => (ended = true))
    while (performance.now() - began < PATIENCE && !ended) {
      const answer = await fetch(url).catch(() => undefined)
      await answer?.arrayBuffer()
      if (answer?.ok) return
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    this.#process.kill('SIGKILL')
    throw new Error(`${this.#process.spawnargs.join(' ')} does not answer at ${url}:\n${this.log}`)
  }
}
