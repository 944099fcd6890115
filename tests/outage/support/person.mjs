// Somebody who signs in while servers die under them: what gets no answer, they do again, and they go on from where the
// journey stands.
const ANSWERS = {
  mobile: { without: 'true' },
  'has-nino': { has_nino: 'no' },
  'has-qts': { has_qts: 'no' },
  'no-match': {},
  'check-answers': {},
  'your-details': {},
  finish: {}
}
/** Of a journey that has no end. */
const MOST_STEPS = 400
/** More than two leases of the outbox: whoever sends a code may be killed over it, and whoever comes next too. */
const PATIENCE = 60_000

export class Person {
  #cookies = new Map()
  #turn = Math.floor(Math.random() * 100)
  #id = ''
  /** The page that they are on. */
  place = ''
  /** The longest that a page took, in milliseconds. */
  longest = 0

  /**
   * @param {{ email: string, answers: Record<string, Record<string, string>> }} who
   * @param {string[]} urls of the servers
   * @param {(email: string) => Promise<string | undefined>} codeFor the code that was sent last
   */
  constructor({ email, answers }, urls, codeFor) {
    Object.assign(this, { email, urls, codeFor, answers: { ...ANSWERS, ...answers } })
  }

  /** Registers, whatever happens to the servers. */
  async registers(authorize) {
    await this.begins(authorize)
    for (let step = 0; step < MOST_STEPS; step++) {
      if (this.hasFinished()) return
      await this.goesOn()
    }
    throw new Error(`${this.email}: the journey does not end, at ${this.place}`)
  }

  async begins(authorize) {
    this.place = await this.#reads(authorize)
    this.#id = this.place.split('/')[2]
    this.place = await this.#reads(`/sign-in/${this.#id}`)
  }

  hasFinished() {
    return !this.place.startsWith('/sign-in/') || this.place.endsWith('/finished')
  }

  get page() {
    return this.place.split('/')[3] ?? ''
  }

  /** Answers the page that they are on. */
  async goesOn() {
    const fields = this.page && (await this.#fields())
    if (fields === undefined) throw new Error(`${this.email}: nobody expected the page ${this.page}`)
    const answer = this.page ? await this.#asks('POST', this.place, fields) : undefined
    // No answer, or a server that could not write it down: the journey itself says where it stands.
    this.place = answer?.status === 303 ? answer.location : await this.#reads(`/sign-in/${this.#id}`)
  }

  /** What the page that they are on says. */
  async sees() {
    return (await this.#asks('GET', this.place)).text
  }

  async #fields() {
    if (this.page === 'email') return { email: this.email }
    if (this.page !== 'email-code') return this.answers[this.page]
    const end = Date.now() + PATIENCE
    for (;;) {
      const code = await this.codeFor(this.email)
      if (code !== undefined) return { one_time_code: code }
      if (Date.now() > end) throw new Error(`${this.email}: no code came`)
      await sleep(100)
    }
  }

  /** Where a page leads to, asked of whichever server answers. */
  async #reads(path) {
    const end = Date.now() + PATIENCE
    let last
    while (Date.now() < end) {
      const answer = await this.#asks('GET', path)
      if (answer?.location) return answer.location
      // The journey had ended, and whoever said so was killed.
      if (answer?.status === 200) return `${path}/finished`
      last = answer?.status ?? last
      await sleep(50)
    }
    throw new Error(`${this.email}: ${path} leads nowhere: ${last}`)
  }

  async #asks(method, path, fields) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const options = { method, headers: { cookie }, body: fields && new URLSearchParams(fields), redirect: 'manual' }
    const began = Date.now()
    try {
      const answer = await fetch(new URL(path, this.#server()), options)
      for (const set of answer.headers.getSetCookie()) {
        const [, name, value] = set.match(/^([^=]+)=([^;]*)/)
        this.#cookies.set(name, value)
      }
      const text = await answer.text()
      this.longest = Math.max(this.longest, Date.now() - began)
      return { status: answer.status, location: answer.headers.get('location'), text }
    } catch {
      return undefined
    }
  }

  #server() {
    return this.urls[this.#turn++ % this.urls.length]
  }
}

export function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
