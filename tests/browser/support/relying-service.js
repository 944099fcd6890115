// A relying service made with openid-client, the library of another author in another language.
import { expect } from '@playwright/test'
import { createServer } from 'node:http'
import * as library from 'openid-client'

import { freePort } from '../../support/ports.mjs'

const PAGE = '<!doctype html><html lang="en"><title>Back</title><main><h1>Back</h1></main>'

export class RelyingService {
  /** Registers itself as a client. @param {import('./world.js').World} world */
  static async start(world, id, more = {}) {
    const service = new RelyingService(world, id)
    const port = await freePort()
    service.redirectUri = `http://localhost:${port}/callback`
    service.#server = createServer((request, answer) => {
      if (request.url?.startsWith('/callback')) service.answered = new URL(request.url, service.redirectUri)
      answer.setHeader('Content-Type', 'text/html').end(PAGE)
    }).listen(port, '127.0.0.1')
    const settings = {
      client_id: id,
      name: `The service ${id}`,
      service_url: `http://localhost:${port}/`,
      plain_secret: service.secret,
      redirect_uris: [service.redirectUri],
      scopes: ['openid', 'profile', 'email', 'trn'],
      trn: 'optional',
      ...more
    }
    // Strings, lists of strings and truth values are written in TOML as they are in JSON.
    const lines = Object.entries(settings).map(([key, value]) => `${key} = ${JSON.stringify(value)}`)
    await world.registers(id, lines.join('\n'))
    return service
  }

  redirectUri = ''
  /** The address that the browser came back to. @type {URL} */
  answered
  #server
  #config
  #checks

  constructor(world, id) {
    this.world = world
    this.id = id
    this.secret = `the secret of ${id}`
  }

  /** What the library found out about the provider. */
  async discover(secret = this.secret, authentication = library.ClientSecretBasic(secret), metadata = {}) {
    const options = { execute: [library.allowInsecureRequests, library.enableNonRepudiationChecks] }
    return library.discovery(new URL(this.world.url), this.id, metadata, authentication, options)
  }

  /** Where to send the person, and what to hold the answer against. */
  async begins(config, more = {}) {
    const pkceCodeVerifier = library.randomPKCECodeVerifier()
    const checks = { pkceCodeVerifier, expectedState: library.randomState(), expectedNonce: library.randomNonce() }
    const address = library.buildAuthorizationUrl(config, {
      redirect_uri: this.redirectUri,
      scope: 'openid profile email trn',
      code_challenge: await library.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: checks.expectedState,
      nonce: checks.expectedNonce,
      ...more
    })
    return { address: address.href, checks }
  }

  /** Exchanges the code that the browser brought, and verifies all that can be. */
  async redeems(config, checks) {
    const tokens = await library.authorizationCodeGrant(config, this.answered, { ...checks, idTokenExpected: true })
    const claims = tokens.claims()
    return { tokens, claims, userinfo: await library.fetchUserInfo(config, tokens.access_token, claims.sub) }
  }

  /** Sends somebody here to be signed in. */
  async sends(person, more = {}) {
    this.#config ??= await this.discover()
    const { address, checks } = await this.begins(this.#config, more)
    this.#checks = checks
    this.answered = undefined
    await person.visits(address)
  }

  /** What it is told about the person who came back: the claims of the ID token, and userinfo. */
  told() {
    return this.redeems(this.#config, this.#checks)
  }

  /** Why the person came back without a code. */
  get refusal() {
    expect(this.answered?.searchParams.get('code')).toBeNull()
    return this.answered.searchParams.get('error')
  }

  ends() {
    this.#server.close()
    this.#server.closeAllConnections()
  }
}
