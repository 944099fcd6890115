// Somebody with a browser, somewhere.
const REQUEST = new URLSearchParams({
  client_id: 'demo-trn-optional',
  redirect_uri: 'http://localhost:8001/callback',
  response_type: 'code',
  scope: 'openid email',
  state: 'a state',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256'
})

export class Visitor {
  /** @param {import('./service.mjs').Service} service @param {number} network each is a /24 of its own */
  constructor(service, network) {
    this.service = service
    this.address = `10.${network >> 8}.${network & 255}.7`
  }

  #cookies = new Map()
  #journey = ''

  /** Leaves the journey, and comes back to another in the same browser. */
  async startsJourney() {
    const sent = await this.#asks('GET', `/oauth2/authorize?${REQUEST}`)
    this.#journey = sent.headers.get('location')
    if (!this.#journey?.startsWith('/sign-in/')) throw new Error(`no journey: ${sent.status} ${this.#journey}`)
    return this
  }

  /** Asks for a code by giving the address. */
  givesAddress(email) {
    return this.#asks('POST', `${this.#journey}/email`, { email })
  }

  /** Asks for another code, by the button. */
  resends() {
    return this.#asks('POST', `${this.#journey}/email-code`, { resend: 'true' })
  }

  types(code) {
    return this.#asks('POST', `${this.#journey}/email-code`, { one_time_code: code })
  }

  async #asks(method, path, fields) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    // What a visitor makes up stands on the left; the proxy adds on the right what it sees.
    const headers = { cookie, 'x-forwarded-for': `192.0.2.${Math.floor(Math.random() * 256)}, ${this.address}` }
    const body = fields && new URLSearchParams(fields)
    const answer = await fetch(this.service.url + path, { method, headers, body, redirect: 'manual' })
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = set.match(/^([^=]+)=([^;]*)/)
      this.#cookies.set(name, value)
    }
    return { status: answer.status, headers: answer.headers, html: await answer.text() }
  }
}

/** Somebody in a new journey, on a network where nobody has been yet. */
let networks = 0
export function stranger(service) {
  return new Visitor(service, ++networks).startsJourney()
}

/** Does something for each, a few at a time. */
export async function forEach(things, act, atOnce = 16) {
  const results = []
  const left = [...things.entries()]
  const worker = async () => {
    for (let next = left.shift(); next; next = left.shift()) results[next[0]] = await act(next[1], next[0])
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return results
}
