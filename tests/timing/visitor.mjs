// A browser without a page: it keeps cookies and one connection, and measures until the last byte has come.
import { Agent, request } from 'node:http'

const REQUEST = new URLSearchParams({
  client_id: 'demo-no-trn',
  redirect_uri: 'http://localhost:8001/callback',
  response_type: 'code',
  scope: 'openid email',
  state: 'a state',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256'
})
const agent = new Agent({ keepAlive: true, maxSockets: 1 })

export class Visitor {
  /** @param {string} url */
  constructor(url) {
    this.url = url
  }

  #cookies = new Map()
  #journey = ''

  async startsJourney() {
    const sent = await this.#asks('GET', `/oauth2/authorize?${REQUEST}`)
    this.#journey = sent.location
    if (!this.#journey?.startsWith('/sign-in/')) throw new Error(`no journey: ${sent.status} ${sent.location}`)
    await this.submits('start', { intent: 'sign_in' })
    return this
  }

  /** What stands in the page of this journey alone. */
  get id() {
    return this.#journey.split('/')[2]
  }

  submits(page, fields) {
    return this.#asks('POST', `${this.#journey}/${page}`, new URLSearchParams(fields).toString())
  }

  looksAt(page) {
    return this.#asks('GET', `${this.#journey}/${page}`)
  }

  #asks(method, path, body = '') {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { cookie, 'content-length': Buffer.byteLength(body) }
    if (body) headers['content-type'] = 'application/x-www-form-urlencoded'
    return new Promise((resolve, reject) => {
      const start = process.hrtime.bigint()
      const asked = request(this.url + path, { method, headers, agent }, (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (part) => (text += part)).on('error', reject)
        answer.on('end', () => {
          const took = Number(process.hrtime.bigint() - start) / 1e6
          for (const set of answer.headers['set-cookie'] ?? []) {
            const [, name, value] = set.match(/^([^=]+)=([^;]*)/)
            this.#cookies.set(name, value)
          }
          resolve({ status: answer.statusCode, location: answer.headers.location, headers: answer.headers, text, took })
        })
      })
      asked.on('error', reject).end(body)
    })
  }
}
