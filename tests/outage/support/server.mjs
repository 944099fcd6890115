// One server, with a database of its own.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { run, Running } from '../../browser/support/program.js'
import { freePort } from '../../support/ports.mjs'
import { sleep } from './person.mjs'

export class Server {
  url = ''
  #home = ''
  #settings = {}
  #running

  /** @param {Record<string, string>} settings besides those of the database and the address */
  static async start(settings) {
    const server = new Server()
    const listen = `127.0.0.1:${await freePort()}`
    server.url = `http://${listen}`
    server.#home = await mkdtemp(join(tmpdir(), 'faults-'))
    server.#settings = {
      GAI__SERVER__ISSUER: server.url,
      GAI__SERVER__LISTEN: listen,
      GAI__DATABASE__URL: `sqlite://${join(server.#home, 'faults.sqlite')}`,
      GAI__RECORDS__INTERVAL: '1s',
      ...settings
    }
    server.#running = await Running.start(['serve'], server.#settings)
    return server
  }

  /** Until everything that leaves has been taken. */
  async hasNothingLeft(patience) {
    const end = Date.now() + patience
    for (;;) {
      const listed = run(['outbox', 'list'], this.#settings).trim()
      if (listed === 'Everything has arrived.') return
      if (Date.now() > end) throw new Error(listed)
      await sleep(1_000)
    }
  }

  async end() {
    await this.#running.stop()
    await rm(this.#home, { recursive: true })
  }
}
