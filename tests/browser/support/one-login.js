// `test` with a simulated GOV.UK One Login beside each world, and what people do there.
import { join } from 'node:path'

import { freePort } from '../../support/ports.mjs'
import { root, Running } from './program.js'
import { expect, test as base } from './test.js'

export { expect }

export const BUTTON = 'Sign in with GOV.UK One Login'
const KEY = 'crates/partners/src/simulators/one_login/sample-private-key.pem'

class OneLogin {
  static async start() {
    const port = await freePort()
    const running = await Running.start(['simulate', 'one-login', '--listen', `127.0.0.1:${port}`])
    return new OneLogin(running, `http://127.0.0.1:${port}/`)
  }

  #running

  constructor(running, url) {
    this.#running = running
    this.url = url
  }

  /** What a server that uses it is told. */
  get settings() {
    return {
      GAI__ONE_LOGIN__ENABLED: 'true',
      GAI__ONE_LOGIN__ISSUER: this.url,
      GAI__ONE_LOGIN__IDENTITY: this.url,
      GAI__ONE_LOGIN__CLIENT_ID: 'get-an-identity',
      GAI__ONE_LOGIN__PRIVATE_KEY_FILE: join(root, KEY)
    }
  }

  /** What is not true from now on. */
  tells = (untruth) => this.#put('untruth', untruth)

  /** What is wrong with it from now on. */
  has = (fault) => this.#put('fault', fault)

  stops = () => this.#running.stop('SIGKILL')

  async #put(what, value) {
    const body = JSON.stringify(value)
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${this.url}simulator/${what}`, { method: 'PUT', body, headers })
    if (!answer.ok) throw new Error(`the simulator answers ${answer.status}`)
  }
}

export const test = base.extend({
  oneLogin: async ({}, use) => {
    const oneLogin = await OneLogin.start()
    await use(oneLogin)
    await oneLogin.stops()
  },

  settings: async ({ oneLogin }, use) => use(oneLogin.settings)
})

/** From the first page to One Login, and back as somebody whom it knows. */
export async function signsInThereAs(person, name) {
  await person.presses(BUTTON)
  await person.reads('This is not GOV.UK One Login')
  await person.presses(`Continue as ${name}`)
}

export const ASHA = 'Asha Chidinma Okonkwo-Bennett'
