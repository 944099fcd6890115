// Two servers on one database, whose keys live through months in a minute.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { run, Running } from '../../browser/support/program.js'
import { freePort } from '../../support/ports.mjs'

const QUICK = {
  GAI__KEYS__ROTATE_EVERY: '3s',
  GAI__KEYS__JWKS_MAX_AGE: '2s',
  GAI__KEYS__READ_EVERY: '1s',
  GAI__TOKENS__ACCESS_TOKEN: '8s',
  GAI__TOKENS__ID_TOKEN: '8s',
  GAI__SESSIONS__LIFETIME: '8s'
}

export class Servers {
  /** @param {Record<string, string>} clients the files of the relying services, by their ids */
  static async start(clients) {
    const servers = new Servers()
    servers.#home = await mkdtemp(join(tmpdir(), 'rotation-'))
    await mkdir(join(servers.#home, 'clients'))
    for (const [id, text] of Object.entries(clients)) {
      await writeFile(join(servers.#home, 'clients', `${id}.toml`), text)
    }
    const ports = [await freePort(), await freePort()]
    servers.urls = ports.map((port) => `http://127.0.0.1:${port}`)
    servers.#settings = {
      ...QUICK,
      GAI__SERVER__ISSUER: servers.urls[0],
      GAI__DATABASE__URL: `sqlite://${join(servers.#home, 'rotation.sqlite')}`,
      GAI__CLIENTS__DIRECTORIES: join(servers.#home, 'clients')
    }
    for (const port of ports) {
      const listen = { GAI__SERVER__LISTEN: `127.0.0.1:${port}` }
      servers.#running.push(await Running.start(['serve'], { ...servers.#settings, ...listen }))
    }
    return servers
  }

  /** Where each listens; the first address is the issuer. @type {string[]} */
  urls = []
  #home = ''
  #settings = {}
  /** @type {Running[]} */ #running = []

  /** All keys that ever were, as the operator sees them. */
  keys() {
    const [, ...lines] = run(['keys', 'list', '--all'], this.#settings).trim().split('\n')
    return lines.map((line) => {
      const [kid, algorithm, state] = line.split(/ +/)
      return { kid, algorithm, state }
    })
  }

  get log() {
    return this.#running.map((running) => running.log).join('')
  }

  async end() {
    await Promise.all(this.#running.map((running) => running.stop()))
    await rm(this.#home, { recursive: true })
  }
}
