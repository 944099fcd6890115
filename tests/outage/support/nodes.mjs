// Two servers on one PostgreSQL database, which are killed without a warning and started again.
import { spawnSync } from 'node:child_process'

import { run, Running } from '../../browser/support/program.js'
import { freePort } from '../../support/ports.mjs'
import { sleep } from './person.mjs'

export class Nodes {
  /** Where each listens; the first address is the issuer. @type {string[]} */
  urls = []
  kills = 0
  #settings = {}
  #running = []
  #ends = false

  /** @param {Record<string, string>} settings besides those of the database and the addresses */
  static async start(settings) {
    const nodes = new Nodes()
    const ports = [await freePort(), await freePort()]
    nodes.urls = ports.map((port) => `http://127.0.0.1:${port}`)
    nodes.#settings = {
      GAI__SERVER__ISSUER: nodes.urls[0],
      GAI__DATABASE__URL: database('outage'),
      ...settings
    }
    for (let node = 0; node < ports.length; node++) await nodes.#starts(node)
    return nodes
  }

  async #starts(node) {
    const listen = { GAI__SERVER__LISTEN: new URL(this.urls[node]).host }
    this.#running[node] = await Running.start(['serve'], { ...this.#settings, ...listen })
  }

  /** Kills one after the other, each as soon as the last one is back, until `enough` says so. */
  async areKilledUntil(enough) {
    for (let node = 0; !enough(); node = (node + 1) % this.urls.length) {
      await this.#running[node].stop('SIGKILL')
      this.kills++
      await this.#starts(node)
      await sleep(Math.random() * 300)
    }
  }

  runs(args) {
    return run(args, this.#settings)
  }

  get log() {
    return this.#running.map((running) => running.log).join('')
  }

  /** They end in order: what is under way is handed over. */
  async end() {
    if (!this.#ends) await Promise.all(this.#running.map((running) => running.stop()))
    this.#ends = true
  }

  /** The rows of a query, as objects. */
  asks(query) {
    return rows(this.#settings.GAI__DATABASE__URL, query)
  }
}

/** A new, empty database on the server of the tests. */
function database(name) {
  const server = process.env.TEST_POSTGRES_URL
  if (!server) throw new Error('TEST_POSTGRES_URL is not set: run this by scripts/test-outage.sh')
  const own = `${name}_${process.pid}`
  psql(server, `CREATE DATABASE ${own}`)
  return server.replace(/\/postgres$/, `/${own}`)
}

function rows(url, query) {
  const json = psql(url, `SELECT coalesce(json_agg(r), '[]') FROM (${query}) r`)
  return JSON.parse(json)
}

function psql(url, sql) {
  const done = spawnSync('psql', ['--no-psqlrc', '--tuples-only', '--no-align', '--command', sql, url], { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`${sql}: ${done.stderr}${done.error ?? ''}`)
  return done.stdout
}
