// A relying service that keeps our keys for exactly as long as it is told, and never asks for them sooner. It gets new
// tokens all the time, from either server, and looks at every one that it has until it expires.
import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'

import { Person } from './person.mjs'

const REDIRECT_URI = 'https://service.example/callback'
/** Access tokens for it are JWTs; those for the provider alone are not. */
const API = 'https://api.service.example/'
const PSS = { padding: 6, saltLength: 32 }
const HOW = {
  RS256: (key) => ['sha256', { key }],
  PS256: (key) => ['sha256', { key, ...PSS }],
  ES256: (key) => ['sha256', { key, dsaEncoding: 'ieee-p1363' }],
  EdDSA: (key) => [null, { key }]
}

/** So different that nobody is asked whether they are somebody else. */
const LAST_NAMES = { RS256: 'Okonkwo', PS256: 'Newcombe', ES256: 'Hargreave', EdDSA: 'Wojcik' }

export const ALGORITHMS = Object.keys(HOW)

/** The file of the service whose ID tokens are signed with an algorithm. */
export function clientFile(id, algorithm) {
  return `client_id = "${id}"
name = "Signed with ${algorithm}"
service_url = "https://service.example/"
plain_secret = "${id}-secret"
redirect_uris = ["${REDIRECT_URI}"]
scopes = ["openid", "email", "offline_access"]
trn = "not-asked"
pkce = "optional"
client_credentials_scopes = ["user:read"]
resources = ["${API}"]
id_token_signed_response_alg = "${algorithm}"
`
}

export class RelyingService {
  /** @param {string[]} urls of the servers */
  constructor(id, algorithm, urls) {
    Object.assign(this, { id, algorithm, urls })
    this.issuer = urls[0]
  }

  /** The keys that signed something for this service. @type {Set<string>} */
  kids = new Set()
  verified = 0
  signIns = 0
  #turn = 0
  #keys = []
  #keptUntil = 0
  #refreshToken = ''
  #person
  /** Tokens that have not expired. */
  #alive = []

  /** Its person signs in. */
  async begins() {
    this.#person = new Person(this.issuer, LAST_NAMES[this.algorithm])
    await this.#signsIn(this.issuer)
  }

  async #signsIn(at) {
    const params = { client_id: this.id, redirect_uri: REDIRECT_URI, response_type: 'code', scope: 'openid email offline_access' }
    await this.#redeems(await this.#person.signsIn(`/oauth2/authorize?${new URLSearchParams(params)}`, at))
  }

  async #redeems(back) {
    const code = new URL(back).searchParams.get('code')
    await this.#gets({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI })
    this.signIns++
  }

  /** Goes on until a time: every signature that it looks at has to be one that it can verify. */
  async goesOnUntil(time) {
    while (Date.now() < time) {
      await this.#signsIn(this.#nextServer())
      await this.#gets({ grant_type: 'refresh_token', refresh_token: this.#refreshToken })
      await this.#getsForItsApi()
      await this.#looksAtAll()
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  #nextServer() {
    return this.urls[this.#turn++ % this.urls.length]
  }

  async #gets(params) {
    const tokens = await this.#asks(params)
    this.#refreshToken = tokens.refresh_token
    this.#alive.push(tokens.id_token)
    await this.#isGoodAtUserinfo(tokens.access_token)
  }

  /** In its own name. */
  async #getsForItsApi() {
    const tokens = await this.#asks({ grant_type: 'client_credentials', resource: API })
    this.#alive.push(tokens.access_token)
  }

  async #asks(params) {
    const authorization = `Basic ${Buffer.from(`${this.id}:${this.id}-secret`).toString('base64')}`
    const body = new URLSearchParams(params)
    const answer = await fetch(`${this.#nextServer()}/oauth2/token`, { method: 'POST', headers: { authorization }, body })
    const tokens = await answer.json()
    assert.equal(answer.status, 200, JSON.stringify(tokens))
    return tokens
  }

  async #isGoodAtUserinfo(accessToken) {
    const headers = { authorization: `Bearer ${accessToken}` }
    const answer = await fetch(`${this.#nextServer()}/oauth2/userinfo`, { headers })
    assert.equal(answer.status, 200, 'the other server takes the access token')
  }

  async #looksAtAll() {
    await this.#hasKeys()
    const now = Date.now() / 1000
    this.#alive = this.#alive.filter((token) => now < part(token, 1).exp)
    for (const token of this.#alive) this.#verifies(token)
  }

  async #hasKeys() {
    if (Date.now() < this.#keptUntil) return
    const answer = await fetch(`${this.#nextServer()}/oauth2/jwks`)
    const [, seconds] = answer.headers.get('cache-control').match(/max-age=(\d+)/)
    this.#keys = (await answer.json()).keys
    this.#keptUntil = Date.now() + Number(seconds) * 1000
  }

  #verifies(token) {
    const { alg, kid } = part(token, 0)
    const jwk = this.#keys.find((key) => key.kid === kid && key.alg === alg)
    assert.ok(jwk, `${this.id} has no key ${kid} (${alg}), and kept those that it has as it was told`)
    const [head, body, signature] = token.split('.')
    const [hash, key] = HOW[alg](createPublicKey({ key: jwk, format: 'jwk' }))
    assert.ok(verify(hash, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url')), `${alg} ${kid}`)
    this.kids.add(kid)
    this.verified++
  }
}

function part(token, index) {
  return JSON.parse(Buffer.from(token.split('.')[index], 'base64url').toString())
}
