// A relying service: a program of its own, in its own language.
import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'

import { root } from '../../browser/support/program.js'
import { freePort } from '../../support/ports.mjs'

const PATIENCE = 30_000

export class Service {
  /** One that is not started yet: the provider has to know its address before. @param {import('../stacks.mjs').Stack} stack */
  static async of(stack) {
    const port = await freePort()
    return Object.assign(new Service(), { stack, client: stack.client, port, url: `http://localhost:${port}` })
  }

  /** All that it has printed. */
  log = ''
  #process
  #hasEnded = false

  /** @param {import('./provider.mjs').Provider} provider */
  async start(provider) {
    const [program, ...args] = await this.stack.command(this, provider)
    // It ends with this program, however this program ends.
    this.#process = spawn('setpriv', ['--pdeathsig', 'TERM', program, ...args], { cwd: root, env: this.#env(provider) })
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (this.log += text))
    }
    this.#process.once('close', () => (this.#hasEnded = true))
    await this.#answers()
  }

  #env(provider) {
    return {
      ...process.env,
      FEATURES: this.stack.features ?? '',
      ISSUER: provider.url,
      CLIENT_ID: this.client,
      CLIENT_SECRET: `the secret of ${this.client}`,
      BASE_URL: this.url,
      PORT: String(this.port),
      SESSION_SECRET: 'a secret of the service alone, which signs its cookies and needs to be 64 bytes long at least'
    }
  }

  async #answers() {
    for (const start = Date.now(); Date.now() - start < PATIENCE; await sleep(50)) {
      if (this.#hasEnded) throw new Error(`the service has ended:\n${this.log}`)
      const answer = await fetch(this.url, { redirect: 'manual' }).catch(() => null)
      if (answer) return
    }
    throw new Error(`the service does not answer:\n${this.log}`)
  }

  async ends() {
    if (!this.#process || this.#hasEnded) return
    const ended = new Promise((resolve) => this.#process.once('close', resolve))
    this.#process.kill('SIGTERM')
    await ended
  }
}
