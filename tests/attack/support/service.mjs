// The real binary under attack: with the budgets of config/default.toml, and behind a proxy that says where we come from.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { root, Running } from '../../browser/support/program.js'
import { freePort } from '../../support/ports.mjs'

export class Service {
  static async start() {
    const service = new Service()
    service.#home = await mkdtemp(join(tmpdir(), 'attack-'))
    const port = await freePort()
    service.url = `http://127.0.0.1:${port}`
    service.#running = await Running.start(['serve'], {
      ...(await defaultBudgets()),
      GAI__SERVER__ISSUER: service.url,
      GAI__SERVER__LISTEN: `127.0.0.1:${port}`,
      GAI__SERVER__TRUSTED_PROXIES: '127.0.0.1',
      GAI__DATABASE__URL: `sqlite://${join(service.#home, 'attack.sqlite')}`,
      GAI__LOG__LEVEL: 'error'
    })
    return service
  }

  url = ''
  #home = ''
  /** @type {Running} */ #running

  /** The code that was last sent to an address. */
  async code(to) {
    const answer = await fetch(`${this.url}/dev/outbox.json?to=${encodeURIComponent(to)}`)
    const [newest] = await answer.json()
    return newest.one_time_code
  }

  /** A number that /metrics shows. */
  async number(series) {
    const text = await (await fetch(`${this.url}/metrics`)).text()
    const line = text.split('\n').find((line) => line.startsWith(`${series} `))
    if (line === undefined) throw new Error(`${series} is not shown`)
    return Number(line.slice(series.length))
  }

  async ends() {
    await this.#running.stop()
    await rm(this.#home, { recursive: true })
  }
}

/** The configuration of the tests has plenty of everything: here it is put back to what a real service has. */
async function defaultBudgets() {
  const text = await readFile(join(root, 'config/default.toml'), 'utf8')
  const [section] = text.split('[code_budgets]\n')[1].split(/^\[/m)
  const settings = [...section.matchAll(/^(\w+) = "(.+)"$/gm)]
  if (settings.length !== 12) throw new Error('config/default.toml has other budgets than this program knows')
  return Object.fromEntries(settings.map(([, key, value]) => [`GAI__CODE_BUDGETS__${key.toUpperCase()}`, value]))
}
