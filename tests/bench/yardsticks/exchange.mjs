// What a relying service does with a target of the benchmark, by plain fetch: one request of each kind.
import { createPublicKey, randomUUID, verify } from 'node:crypto'

export class Exchange {
  #target
  #jwks

  /** @param {object} target what a yardstick's target.json has */
  constructor(target) {
    this.#target = target
  }

  discovery() {
    return this.#json(this.#target.discovery)
  }

  /** @param {number} browser which of those that are signed in @param {string} scope @returns what the token endpoint answers, with the nonce that was sent */
  async signsIn(browser, scope = this.#target.client.scope) {
    const { client, extra_authorize } = this.#target
    const [state, nonce] = [randomUUID(), randomUUID()]
    const asked = { response_type: 'code', client_id: client.id, redirect_uri: client.redirect_uri, scope, state, nonce }
    const answer = await fetch(`${this.#at(this.#target.authorize)}?${new URLSearchParams(asked)}${extra_authorize}`, {
      headers: { cookie: this.#target.browsers[browser] },
      redirect: 'manual'
    })
    const location = answer.headers.get('location') ?? ''
    if (!location.startsWith(`${client.redirect_uri}?`)) throw new Error(`${answer.status} ${location} ${await answer.text()}`)
    const { searchParams } = new URL(location)
    if (searchParams.get('state') !== state) throw new Error(`another state: ${location}`)
    const tokens = await this.token({ grant_type: 'authorization_code', code: searchParams.get('code'), redirect_uri: client.redirect_uri })
    return { ...tokens, nonce }
  }

  token(fields) {
    return this.#posts(this.#target.token, fields)
  }

  introspects(token) {
    return this.#posts(this.#target.introspection, { token })
  }

  userinfo(token) {
    return this.#json(this.#target.userinfo, { headers: { authorization: `Bearer ${token}` } })
  }

  /** @returns {Promise<object>} what an ID token says, once its signature was checked */
  async claimsOf(idToken) {
    const [head, body, signature] = idToken.split('.')
    const { alg, kid } = JSON.parse(Buffer.from(head, 'base64url').toString())
    this.#jwks ??= await this.#json(this.#target.jwks)
    const key = createPublicKey({ key: this.#jwks.keys.find((key) => key.kid === kid), format: 'jwk' })
    const good = verify('sha256', Buffer.from(`${head}.${body}`), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))
    if (!good) throw new Error(`a wrong signature with ${alg}`)
    return { alg, ...JSON.parse(Buffer.from(body, 'base64url').toString()) }
  }

  #posts(path, fields) {
    const { id, secret } = this.#target.client
    const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
    return this.#json(path, { method: 'POST', headers: { authorization }, body: new URLSearchParams(fields) })
  }

  async #json(path, options) {
    const answer = await fetch(this.#at(path), options)
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`)
    return JSON.parse(text)
  }

  #at(path) {
    return this.#target.issuer + path
  }
}
