// Takes our server's letters while the load program does not: those of the run before, which would find nobody there. The
// server would then leave GOV.UK Notify alone for a while, and everybody would wait for a code.
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** When nothing has come for so long, nothing more is to come; it is not waited for longer than that. */
const SILENCE = 500
const PATIENCE = 10_000

export class Letterbox {
  #port
  #server
  #last = 0

  /** @param {number} port that of the load program's sink */
  constructor(port) {
    this.#port = port
  }

  open() {
    this.#server = createServer((request, response) => {
      // Whoever hangs up half-way has ended.
      this.#takes(request, response).catch(() => response.destroy())
    })
    return new Promise((resolve, reject) => this.#server.once('error', reject).listen(this.#port, '127.0.0.1', resolve))
  }

  /** Until no more letters come. */
  async settles() {
    const began = performance.now()
    this.#last = began
    while (performance.now() - this.#last < SILENCE && performance.now() - began < PATIENCE) await sleep(SILENCE / 3)
  }

  close() {
    if (!this.#server.listening) return undefined
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.#server.closeAllConnections()
    return closed
  }

  async #takes(request, response) {
    this.#last = performance.now()
    let text = ''
    for await (const part of request) text += part
    const { reference } = JSON.parse(text)
    response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ id: reference, reference }))
  }
}
