// Somebody at a browser that shows nothing: it keeps cookies, follows redirects and sends forms. The person has the words of
// tests/browser/support/person.js, so that they walk through the same pages.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'

import { walk } from '../../browser/support/personas.js'
import { buttons, links, readable, text } from './html.mjs'

const MOST_REDIRECTS = 15

export class Person {
  /** @param {import('./provider.mjs').Provider} provider */
  constructor(provider) {
    this.provider = provider
  }

  html = ''
  type = ''
  status = 0
  /** Cookies know hosts and no ports, and every host here is localhost. */
  #cookies = new Map()
  #url = ''
  #email = ''
  #fields = {}

  page = { url: () => this.#url }
  mobile = ''

  /** The last part of the address: the page's name. */
  get path() {
    return new URL(this.#url).pathname.split('/').at(-1)
  }

  visits(address) {
    return this.#goes('GET', new URL(address))
  }

  async answers(fields, button = 'Continue') {
    if (fields.email) this.#email = fields.email
    this.#fields = fields
    await this.presses(button)
  }

  async typesTheCode(address = this.#email) {
    const messages = await this.provider.outbox(address)
    await this.answers({ one_time_code: messages.find((message) => message.one_time_code).one_time_code })
  }

  givesAMobile = () => this.presses('Continue without a mobile')

  goesOnWithTheNewAccount = () => this.follows(/^Continue to /)

  /** Presses a button of the page. @param {string | RegExp} name */
  async presses(name) {
    const button = this.#find(buttons, name)
    const fields = new URLSearchParams({ ...button.fields, ...this.#fields })
    this.#fields = {}
    const to = new URL(button.action || this.#url, this.#url)
    if (button.method === 'post') return this.#goes('POST', to, fields)
    to.search = fields.toString()
    return this.#goes('GET', to)
  }

  /** Follows a link of the page. @param {string | RegExp} name */
  follows(name) {
    return this.#goes('GET', new URL(this.#find(links, name).href, this.#url))
  }

  #find(all, name) {
    const found = all(this.html).find((one) => (name instanceof RegExp ? name.test(one.name) : one.name === name))
    assert.ok(found, `${name} is not on the page ${this}`)
    return found
  }

  has(name) {
    return buttons(this.html).some((button) => button.name === name)
  }

  /** What a service shows of the person. */
  get told() {
    const shown = this.html.match(/<pre[^>]*>([^]*?)<\/pre>/)
    assert.ok(shown, `nobody is shown on the page ${this}`)
    return JSON.parse(text(shown[1]))
  }

  /** Comes to a service and goes to the provider. @param {import('./service.mjs').Service} service */
  async startsAt(service) {
    await this.visits(service.url + (service.stack.start ?? '/'))
    if (this.has('Sign in')) await this.presses('Sign in')
  }

  /** Signs in at a service, all the way. */
  async signsInAt(service, persona) {
    await this.startsAt(service)
    await walk(this, persona)
  }

  toString() {
    return `${this.#url} (status ${this.status}): ${readable(this.html)}`
  }

  async #goes(method, url, fields) {
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const from = this.#url && new URL(this.#url).origin
      const answer = await ask(method, url, { cookie, ...(method === 'POST' ? { origin: from } : {}) }, fields)
      answer.headers['set-cookie']?.forEach((set) => this.#keeps(set))
      Object.assign(this, { html: answer.html, status: answer.status, type: answer.headers['content-type'] ?? 'text/html' })
      this.#url = url.href
      if (!answer.headers.location || answer.status > 399) return this.#runsTheScript()
      url = new URL(answer.headers.location, url)
      if (answer.status < 307) [method, fields] = ['GET', undefined]
    }
    throw new Error(`there is no end of redirects at ${url}`)
  }

  /** The only script that matters here: an answer by form_post sends itself. */
  async #runsTheScript() {
    if (this.html.includes('document.forms[0].submit()')) await this.presses('Continue')
  }

  #keeps(set) {
    const [pair, ...attributes] = set.split(';')
    const [, name, value] = pair.match(/^([^=]*)=(.*)$/)
    const attribute = (name) => attributes.map((text) => text.trim().split('=')).find(([own]) => own.toLowerCase() === name)?.[1]
    const isOver = Number(attribute('max-age') ?? 1) <= 0 || Date.parse(attribute('expires') ?? '') < Date.now()
    if (isOver || value === '') this.#cookies.delete(name)
    else this.#cookies.set(name, value)
  }
}

/** One request, as a browser makes it for a page. */
async function ask(method, url, more, fields) {
  const headers = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', ...more }
  if (fields) headers['content-type'] = 'application/x-www-form-urlencoded'
  const asked = request(url, { method, headers}).end(fields?.toString())
  const [answer] = await once(asked, 'response')
  const html = (await answer.setEncoding('utf8').toArray()).join('')
  return { status: answer.statusCode, headers: answer.headers, html }
}
