// Somebody who signs in again and again with the same browser.
const ANSWERS = {
  'preferred-name': { preferred_name: 'Morgan' },
  'date-of-birth': { 'date_of_birth-day': '17', 'date_of_birth-month': '8', 'date_of_birth-year': '1991' },
  mobile: { without: 'true' },
  'check-answers': {},
  'your-details': {}
}
const MOST_PAGES = 12

/** Somebody of a last name, with a browser of theirs. */
export class Person {
  #cookies = new Map()

  /** @param {string} url of the server whose pages they are shown */
  constructor(url, lastName) {
    this.url = url
    this.email = `${lastName}@example.com`
    const name = { first_name: 'Morgan', last_name: lastName, has_previous_name: 'no' }
    this.answers = { 'official-name': name, ...ANSWERS }
  }

  /** Signs in, without a page as long as the browser session lives. Gives the address back at the service. */
  async signsIn(authorize, at = this.url) {
    let place = await this.#asks('GET', authorize, undefined, at)
    for (let page = 0; page < MOST_PAGES; page++) {
      if (new URL(place, this.url).origin !== new URL(this.url).origin) return place
      place = await this.#goesOn(place)
    }
    throw new Error('the journey does not end')
  }

  async #goesOn(place) {
    if (place.startsWith('/oauth2/') || place.split('/').length === 3) return this.#asks('GET', place)
    const name = place.split('/').at(-1)
    if (name === 'email') return this.#asks('POST', place, { email: this.email })
    if (name === 'email-code') return this.#asks('POST', place, { one_time_code: await code(this.url, this.email) })
    if (name === 'finished') return this.#asks('GET', `/oauth2/authorize/${place.split('/')[2]}`)
    if (this.answers[name]) return this.#asks('POST', place, this.answers[name])
    throw new Error(`nobody expected the page ${name}`)
  }

  async #asks(method, path, fields, at = this.url) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const body = fields && new URLSearchParams(fields)
    const answer = await fetch(new URL(path, at), { method, headers: { cookie }, body, redirect: 'manual' })
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = set.match(/^([^=]+)=([^;]*)/)
      this.#cookies.set(name, value)
    }
    const location = answer.headers.get('location')
    if (location === null) throw new Error(`${path}: ${answer.status}`)
    return location
  }
}

/** The code that was last sent to an address. */
async function code(url, to) {
  const [newest] = await (await fetch(`${url}/dev/outbox.json?to=${encodeURIComponent(to)}`)).json()
  return newest.one_time_code
}
