// Our own server, on one of its databases, filled as if many teachers had registered.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { root } from '../../browser/support/program.js'
import { startLoad } from './load.mjs'
import { setAside } from './people.mjs'
import { output, program, SERVER_CORE } from './programs.mjs'
import { Served } from './served.mjs'

const CONFIGURATION = ['config/test.toml', 'tests/bench/load/sink.toml', 'tests/bench/server.toml']
const SECRET = 'the-secret-of-the-bench-client'
const DOCUMENTS = { discovery: '/.well-known/openid-configuration', jwks: '/oauth2/jwks' }
/** Who registers before anything is measured: more than come in that time. */
const NEWCOMERS = 2_000
const CLIENTS = { ES256: 'bench', RS256: 'bench-rs256' }

export class Ours {
  metrics = '/metrics'
  isOurs = true
  /** How long its documents are, once it is prepared. @type {Record<string, number>} */
  bytes = {}

  /**
   * @param {string} name
   * @param {{ url: (home: string) => string, database?: object, home: string, amount?: object }} where servers on one database share their home;
   *   a database that is no file is looked after by databases.mjs
   */
  constructor(name, { url, database, home, amount }) {
    this.name = name
    this.database = database
    this.home = home
    this.url = url
    this.amount = amount
  }

  targetFile(algorithm) {
    return `target-${algorithm.toLowerCase()}.json`
  }

  /** Fills the database, and signs sixteen people in at each client. @param {{ home: string, port: number, sink: number }} place */
  async prepare(place, options) {
    const { accounts, records } = this.amount ?? options
    const people = join(place.home, 'people')
    mkdirSync(people, { recursive: true })
    this.database?.create()
    const wanted = ['--accounts', String(accounts), '--records', String(records)]
    const seeded = JSON.parse(await output('seed', ['--database', this.url(place.home), ...wanted, '--out', people]))
    const served = await Served.start(this.command(place), issuer(place) + DOCUMENTS.discovery, {
      log: join(place.home, 'log'),
      core: SERVER_CORE
    })
    try {
      for (const algorithm of Object.keys(CLIENTS)) await this.#signsIn(place, algorithm)
      if (this.database) await this.#isUsed(place)
      for (const [name, path] of Object.entries(DOCUMENTS)) {
        this.bytes[name] = (await (await fetch(issuer(place) + path)).arrayBuffer()).byteLength
      }
    } finally {
      await served.stop()
    }
    this.database?.settles()
    return seeded
  }

  command({ home, port, sink }) {
    return {
      program: program('get-an-identity'),
      args: [...CONFIGURATION.flatMap((file) => ['--config', file]), 'serve'],
      cwd: root,
      env: {
        GAI__SERVER__ISSUER: `http://127.0.0.1:${port}`,
        GAI__SERVER__LISTEN: `127.0.0.1:${port}`,
        GAI__DATABASE__URL: this.url(home),
        GAI__NOTIFY__BASE_URL: `http://127.0.0.1:${sink}`
      }
    }
  }

  /**
   * PostgreSQL plans by what it knows of a table: one that was empty when it looked last is read from end to end at each look-up, even
   * once it has grown. Where people have signed in before, it is not.
   */
  async #isUsed(place) {
    const pace = { connections: 16, seconds: 5, warmUp: 0, sink: place.sink, isAlone: false }
    const prepared = join(place.home, this.targetFile('ES256'))
    await startLoad(prepared, 'sign_in_returning', pace)
    const { journey, ...target } = JSON.parse(readFileSync(prepared, 'utf8'))
    const new_people = setAside(join(place.home, 'people'), NEWCOMERS)
    const first = join(place.home, 'target-used.json')
    writeFileSync(first, JSON.stringify({ ...target, journey: { ...journey, new_people } }))
    await startLoad(first, 'sign_in_first', pace)
  }

  async #signsIn(place, algorithm) {
    const file = join(place.home, this.targetFile(algorithm))
    writeFileSync(file, JSON.stringify(target(this.name, place, algorithm)))
    await output('load', ['seed-browsers', '--target', file, '--sink', `127.0.0.1:${place.sink}`])
  }
}

function issuer({ port }) {
  return `http://127.0.0.1:${port}`
}

function target(name, place, algorithm) {
  const people = join(place.home, 'people')
  return {
    name: `${name} ${algorithm}`,
    issuer: issuer(place),
    ...DOCUMENTS,
    authorize: '/oauth2/authorize',
    token: '/oauth2/token',
    userinfo: '/oauth2/userinfo',
    introspection: '/oauth2/introspect',
    client: {
      id: CLIENTS[algorithm],
      secret: SECRET,
      redirect_uri: 'https://client.example/cb',
      scope: 'openid email profile',
      offline_scope: 'openid email profile offline_access'
    },
    client_credentials_scope: 'user:read',
    pkce: false,
    browsers: [],
    extra_authorize: '',
    journey: { accounts: join(people, 'accounts.csv'), new_people: join(people, 'new-people.csv') }
  }
}
