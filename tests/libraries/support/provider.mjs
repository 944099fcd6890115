// The real binary as the provider: on a free port, in a folder of its own, with the clients of the stacks.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { root, run, Running } from '../../browser/support/program.js'
import { freePort } from '../../support/ports.mjs'

/** Where the services of clients/*.toml are, until they get a free port. */
const SAMPLE_SERVICE = 'http://localhost:3000'

export class Provider {
  /** @param {import('./service.mjs').Service[]} services those that it knows */
  static async start(services) {
    const provider = new Provider()
    provider.home = await mkdtemp(join(tmpdir(), 'libraries-'))
    const port = await freePort()
    provider.url = `http://localhost:${port}`
    const settings = {
      GAI__SERVER__ISSUER: provider.url,
      GAI__SERVER__LISTEN: `127.0.0.1:${port}`,
      GAI__DATABASE__URL: `sqlite://${join(provider.home, 'provider.sqlite')}`,
      GAI__CLIENTS__DIRECTORIES: provider.home
    }
    for (const service of services) await provider.#registers(service)
    run(['records', 'import', 'data/sample-records.csv'], settings)
    provider.#running = await Running.start(['serve'], settings)
    return provider
  }

  /** The issuer. */
  url = ''
  /** A folder for whatever a service has to write. */
  home = ''
  /** @type {Running} */ #running

  async #registers({ client, url }) {
    const text = await readFile(join(root, 'tests/libraries/clients', `${client}.toml`), 'utf8')
    await writeFile(join(this.home, `${client}.toml`), text.replaceAll(SAMPLE_SERVICE, url))
  }

  /** The messages that were sent to an address, newest first. */
  async outbox(to) {
    const answer = await fetch(`${this.url}/dev/outbox.json?to=${encodeURIComponent(to)}`)
    if (!answer.ok) throw new Error(`the outbox answers ${answer.status}`)
    return answer.json()
  }

  /** All that it has logged. */
  get log() {
    return this.#running?.log ?? ''
  }

  async ends() {
    await this.#running?.stop()
    await rm(this.home, { recursive: true })
  }
}
