// The services that ours calls: the simulators of GOV.UK Notify and of Zendesk, and a relying service that hears webhooks.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { Running } from '../../browser/support/program.js'
import { freePort } from '../../support/ports.mjs'
import { Hook } from './hook.mjs'
import { sleep } from './person.mjs'
import { Received } from './received.mjs'

const REDIRECT_URI = 'https://service.example/callback'
const REQUEST = { client_id: 'outage', redirect_uri: REDIRECT_URI, response_type: 'code', scope: 'openid email trn' }
const SECRET = 'a-secret-that-only-the-two-of-us-know'

export class Partners {
  /** Where a sign-in to the relying service begins. */
  authorize = `/oauth2/authorize?${new URLSearchParams(REQUEST)}`
  /** By which a server calls them. */
  settings = {}
  #home = ''
  #running = {}
  #urls = {}
  #hook

  static async start() {
    const partners = new Partners()
    partners.#home = await mkdtemp(join(tmpdir(), 'outage-'))
    for (const name of Object.keys(SIMULATORS)) await partners.#starts(name)
    partners.#hook = await Hook.start(SECRET)
    await partners.#writes('clients', clientFile)
    await partners.#writes('webhooks', hookFile(partners.#hook.url))
    partners.settings = {
      GAI__CLIENTS__DIRECTORIES: join(partners.#home, 'clients'),
      GAI__WEBHOOKS__DIRECTORIES: join(partners.#home, 'webhooks'),
      ...recordsSettings(partners.#urls.records),
      ...notifySettings(partners.#urls.notify),
      ...deskSettings(partners.#urls.zendesk)
    }
    return partners
  }

  async #starts(name) {
    this.#urls[name] ??= `http://127.0.0.1:${await freePort()}`
    const listen = new URL(this.#urls[name]).host
    this.#running[name] = await Running.start(['simulate', name, '--listen', listen, ...SIMULATORS[name]])
  }

  /** All of them have a fault from now on, or none. */
  async are(fault) {
    await Promise.all(Object.keys(SIMULATORS).map((name) => this.is(name, fault)))
  }

  async is(name, fault) {
    const running = this.#running[name]
    if (fault === 'stopped') {
      delete this.#running[name]
      return running?.stop()
    }
    if (!running) await this.#starts(name)
    const body = JSON.stringify(fault)
    const headers = { 'content-type': 'application/json' }
    await fetch(`${this.#urls[name]}/simulator/fault`, { method: 'PUT', headers, body })
  }

  async #writes(folder, text) {
    await mkdir(join(this.#home, folder))
    await writeFile(join(this.#home, folder, 'outage.toml'), text)
  }

  /** The code that was last sent to an address. */
  async codeFor(email) {
    const letters = await this.#has('notify', `?to=${encodeURIComponent(email)}`)
    const codes = letters.map(({ body }) => body.match(/\b(\d{6})\b/)?.[1]).filter((code) => code !== undefined)
    return codes[0]
  }

  /** What the webhook is told of this type, as soon as it is told anything. */
  async told(type, patience) {
    const end = Date.now() + patience
    for (;;) {
      const told = this.#hook.told.map(({ body }) => JSON.parse(body)).filter(({ messageType }) => messageType === type)
      if (told.length > 0) return told
      if (Date.now() > end) throw new Error(`no ${type} came`)
      await sleep(200)
    }
  }

  /** Until the help desk has solved so many tickets. */
  async hasSolved(tickets, patience) {
    const end = Date.now() + patience
    for (;;) {
      const solved = (await this.#has('zendesk')).filter(({ status }) => status === 'solved')
      if (solved.length === tickets) return
      if (Date.now() > end) throw new Error(`${solved.length} tickets are solved`)
      await sleep(200)
    }
  }

  /** All that they were given. */
  async received() {
    return new Received(await this.#has('notify'), await this.#has('zendesk'), this.#hook.told)
  }

  async #has(name, query = '') {
    return (await fetch(`${this.#urls[name]}/simulator/received${query}`)).json()
  }

  async end() {
    await Promise.all(Object.values(this.#running).map((running) => running.stop('SIGKILL')))
    this.#hook?.end()
    await rm(this.#home, { recursive: true })
  }
}

function notifySettings(url) {
  return {
    GAI__MESSAGES__EMAIL: 'notify',
    GAI__MESSAGES__SMS: 'notify',
    GAI__NOTIFY__BASE_URL: url,
    GAI__NOTIFY__API_KEY: 'simulated-a0e2a75e-4e9b-4a7c-9c7b-0a52f3c1d2b3-5d0c1c3e-7a0f-4b58-8f43-9c0e6f1a2b4c',
    GAI__NOTIFY__EMAIL_TEMPLATE: '2b0c1c5e-7d5a-4a0e-9f0d-3c1a5b7ee001',
    GAI__NOTIFY__SMS_TEMPLATE: '2b0c1c5e-7d5a-4a0e-9f0d-3c1a5b7ee002'
  }
}

function deskSettings(url) {
  return {
    GAI__HELP_DESK__DELIVER_TO: 'zendesk',
    GAI__HELP_DESK__BASE_URL: url,
    GAI__HELP_DESK__EMAIL: 'desk@example.com',
    GAI__HELP_DESK__TOKEN: 'simulated'
  }
}

/** What each is started with, besides its address. */
const SIMULATORS = {
  records: ['--extract', 'data/sample-records.csv'],
  notify: [],
  zendesk: []
}

function recordsSettings(url) {
  return { GAI__RECORDS__SOURCE: 'api', GAI__RECORDS__API_BASE: url, GAI__RECORDS__API_KEY: 'simulated-records-key' }
}

const clientFile = `client_id = "outage"
name = "Outage"
service_url = "https://service.example/"
plain_secret = "outage-secret"
redirect_uris = ["${REDIRECT_URI}"]
scopes = ["openid", "email", "trn"]
trn = "optional"
pkce = "optional"
`

function hookFile(url) {
  return `endpoint = "${url}"
secrets = ["${SECRET}"]
enabled = true
events = ["UserCreated", "UserUpdated"]
`
}
