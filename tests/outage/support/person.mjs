// Somebody who registers while servers die under them: what gets no answer, they do again, and they go on from where the
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
const PATIENCE = 60_000

export class Person {
  #cookies = new Map()
  #turn

  /**
   * @param {number} number that tells this person from all others
   * @param {import('./nodes.mjs').Nodes} nodes
   * @param {(email: string) => Promise<string | undefined>} codeFor the code that was sent last
   */
  constructor(number, nodes, codeFor) {
    Object.assign(this, { nodes, codeFor })
    this.#turn = number
    const lastName = `O${inLetters(number)}sen`
    this.email = `person${number}@example.com`
    this.statesTrn = number % 2 === 0
    const name = { first_name: `A${inLetters(number * 7)}`, last_name: lastName, has_previous_name: 'no' }
    const born = { 'date_of_birth-day': `${1 + (number % 28)}`, 'date_of_birth-month': '8', 'date_of_birth-year': `${1950 + (number % 50)}` }
    this.answers = {
      ...ANSWERS,
      'official-name': name,
      'preferred-name': { preferred_name: lastName },
      'date-of-birth': born,
      'has-trn': { has_trn: this.statesTrn ? 'yes' : 'no' },
      trn: { trn: `${8_000_000 + number}` }
    }
  }

  /** Registers, whatever happens to the servers. */
  async registers(authorize) {
    let place = await this.#reads(authorize)
    const id = place.split('/')[2]
    for (let step = 0; step < MOST_STEPS; step++) {
      if (!place.startsWith('/sign-in/') || place.endsWith('/finished')) return
      const page = place.split('/')[3]
      place = page ? await this.#answers(place, page, id) : await this.#reads(`/sign-in/${id}`)
    }
    throw new Error(`${this.email}: the journey does not end, at ${place}`)
  }

  async #answers(place, page, id) {
    const fields = await this.#fields(page)
    if (fields === undefined) throw new Error(`nobody expected the page ${page}`)
    const answer = await this.#asks('POST', place, fields)
    // No answer, or a server that could not write it down: the journey itself says where it stands.
    if (answer === undefined || answer.status !== 303) return this.#reads(`/sign-in/${id}`)
    return answer.location
  }

  async #fields(page) {
    if (page === 'email') return { email: this.email }
    if (page !== 'email-code') return this.answers[page]
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
    try {
      const answer = await fetch(new URL(path, this.#server()), options)
      for (const set of answer.headers.getSetCookie()) {
        const [, name, value] = set.match(/^([^=]+)=([^;]*)/)
        this.#cookies.set(name, value)
      }
      await answer.arrayBuffer()
      return { status: answer.status, location: answer.headers.get('location') }
    } catch {
      return undefined
    }
  }

  #server() {
    return this.nodes.urls[this.#turn++ % this.nodes.urls.length]
  }
}

export function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** A number as a name has it: different numbers are different names. */
function inLetters(number) {
  const letters = 'abcdefghijklmnopqrstuvwxyz'
  let text = ''
  for (let rest = number + 26 * 26; rest > 0; rest = Math.floor(rest / 26)) text += letters[rest % 26]
  return text
}
