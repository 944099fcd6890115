// A running service with a demo service beside it, on free ports, with a database and clients of its own.
import { copyFile, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { freePort } from '../../support/ports.mjs'
import { root, run, Running } from './program.js'

const SAMPLE_CLIENTS = join(root, 'config/clients')
const SAMPLE_RECORDS = 'data/sample-records.csv'
const DEMO_URL = 'http://localhost:8001'

export class World {
  /** @param {Record<string, string>} settings GAI__SECTION__KEY, over config/test.toml */
  static async start(settings = {}) {
    const world = new World()
    await world.#settle(settings)
    await Promise.all([world.#serve(), world.#serveDemo()])
    return world
  }

  /** The issuer. */
  url = ''
  /** The demo service. */
  demoUrl = ''
  #home = ''
  #settings = {}
  /** @type {Running} */ #server
  /** @type {Running} */ #demo
  #logBefore = ''

  async #settle(settings) {
    this.#home = await mkdtemp(join(tmpdir(), 'world-'))
    const [port, demoPort] = [await freePort(), await freePort()]
    this.url = `http://localhost:${port}`
    this.demoUrl = `http://localhost:${demoPort}`
    this.#settings = {
      GAI__SERVER__ISSUER: this.url,
      GAI__SERVER__LISTEN: `127.0.0.1:${port}`,
      GAI__DATABASE__URL: `sqlite://${join(this.#home, 'world.sqlite')}`,
      GAI__CLIENTS__DIRECTORIES: this.#home,
      GAI__EVIDENCE__DIRECTORY: join(this.#home, 'evidence'),
      ...settings
    }
    await copyFile(process.env.TEMPLATE_DATABASE, join(this.#home, 'world.sqlite'))
    for (const name of await readdir(SAMPLE_CLIENTS)) {
      if (!name.startsWith('demo-')) continue
      const text = await readFile(join(SAMPLE_CLIENTS, name), 'utf8')
      await writeFile(join(this.#home, name), text.replaceAll(DEMO_URL, this.demoUrl))
    }
  }

  async #serve() {
    this.#server = await Running.start(['serve'], this.#settings)
  }

  async #serveDemo() {
    const { port } = new URL(this.demoUrl)
    const places = ['--issuer', this.url, '--listen', `127.0.0.1:${port}`, '--base-url', this.demoUrl]
    this.#demo = await Running.start(['demo-client', ...places])
  }

  /** Registers a client, and starts the service again so that it knows it. */
  async registers(id, text) {
    // Under another name until it is whole: the server reads the folder again as soon as something changes there.
    const file = join(this.#home, `${id}.toml`)
    await writeFile(`${file}.new`, text)
    await rename(`${file}.new`, file)
    await this.stops()
    await this.#serve()
  }

  /** Pulls the plug of the service: nothing is tidied up. */
  async isKilled() {
    this.#logBefore += this.#server.log
    await this.#server.stop('SIGKILL')
  }

  async stops() {
    await this.#server.stop()
    this.#logBefore += this.#server.log
  }

  /** Starts the service again, on the same database. */
  async startsAgain() {
    await this.#serve()
  }

  /** All that the service has logged. */
  get log() {
    return this.#logBefore + this.#server.log
  }

  /** The messages that were sent to an address, newest first. */
  async outbox(to) {
    const answer = await fetch(`${this.url}/dev/outbox.json?to=${encodeURIComponent(to)}`)
    if (!answer.ok) throw new Error(`the outbox answers ${answer.status}`)
    return answer.json()
  }

  /** What an operator or a support agent does at the command line; gives what it prints. */
  runs(args) {
    return run(args, this.#settings)
  }

  /** Records that the register has from now on, as rows of an extract. @param {Record<string, string>[]} records */
  async importsRecords(records) {
    const file = join(this.#home, 'records.csv')
    const [header] = (await readFile(join(root, SAMPLE_RECORDS), 'utf8')).split('\n')
    const rows = records.map((record) => header.split(',').map((column) => record[column] ?? '').join(','))
    await writeFile(file, [header, ...rows, ''].join('\n'))
    this.runs(['records', 'import', file])
  }

  async ends() {
    await Promise.all([this.#server?.stop('SIGKILL'), this.#demo?.stop('SIGKILL')])
    await rm(this.#home, { recursive: true })
  }
}
