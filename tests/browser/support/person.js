// Somebody at a browser, by what they do. Every page that they come to is inspected.
import { expect } from '@playwright/test'

import { inspect } from './inspect.js'

export class Person {
  /**
   * @param {import('@playwright/test').Page} page
   * @param {import('./world.js').World} world
   */
  static async at(page, world, javaScript) {
    const person = new this(page, world, javaScript)
    person.#devtools = await page.context().newCDPSession(page)
    await person.#setScripting(javaScript)
    page.on('console', (message) => message.type() === 'error' && person.#complain(message.text()))
    page.on('pageerror', (error) => person.#complain(error.message))
    return person
  }

  /** What the browser complained about: errors of scripts, violations of the policy. @type {string[]} */
  complaints = []
  #devtools
  #email = ''

  constructor(page, world, javaScript) {
    this.page = page
    this.world = world
    this.javaScript = javaScript
  }

  /** The answer of a form that has to be corrected is a 400, which is not the browser's business. */
  #complain(text) {
    if (!text.startsWith('Failed to load resource: the server responded with a status of 4')) this.complaints.push(text)
  }

  #setScripting = (on) => this.#devtools.send('Emulation.setScriptExecutionDisabled', { value: !on })

  async inspects() {
    await inspect(this.page, this.javaScript, this.#setScripting)
  }

  /** Does something that leads to another page. */
  async goes(act) {
    const arrived = this.page.waitForEvent('load')
    await Promise.all([arrived, act()])
    await this.inspects()
  }

  visits(address) {
    return this.goes(() => this.page.goto(address))
  }

  reloads() {
    return this.goes(() => this.page.reload())
  }

  goesBack() {
    return this.goes(() => this.page.goBack())
  }

  /** Presses a button of the page. @param {string | RegExp} name */
  presses(name) {
    return this.goes(() => this.page.getByRole('button', { name, exact: true }).click())
  }

  /** Follows a link of the page. */
  follows(name) {
    return this.goes(() => this.link(name).click())
  }

  /** A link of the page, be it drawn as a button. */
  link(name) {
    const [link, button] = ['link', 'button'].map((role) => this.page.getByRole(role, { name, exact: true }))
    return link.or(button).and(this.page.locator('a'))
  }

  /** Starts at the demo service, as one of its clients. More parameters go into the authorization request. */
  signsInAt(client = 'demo-trn-optional', more = {}) {
    return this.visits(`${this.world.demoUrl}/sign-in?${new URLSearchParams({ client, ...more })}`)
  }

  /** Fills in fields by their names. */
  async fills(fields) {
    for (const [name, value] of Object.entries(fields)) {
      const field = this.page.locator(`[name="${name}"]`)
      if ((await field.first().getAttribute('type')) === 'radio') {
        await this.page.locator(`[name="${name}"][value="${value}"]`).check()
      } else {
        await field.fill(value)
      }
    }
  }

  /** Chooses a file that exists only here. */
  async choosesFile(name, content) {
    await this.page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) })
  }

  /** Fills in fields and continues. */
  async answers(fields, button = 'Continue') {
    if (fields.email) this.#email = fields.email
    await this.fills(fields)
    await this.presses(button)
  }

  /** Somebody's number in E.164, which they gave. */
  mobile = ''

  /** Gives a number: this one, or none where the service allows that, else one that nobody has. */
  async givesAMobile(number) {
    const without = this.page.getByRole('button', { name: 'Continue without a mobile', exact: true })
    if (!number && (await without.count())) return this.presses('Continue without a mobile')
    const typed = number ?? `07700 900${String(Math.floor(Math.random() * 1000)).padStart(3, '0')}`
    this.mobile = `+44${typed.replace(/\D/g, '').replace(/^(44)?0?/, '')}`
    return this.answers({ mobile: typed })
  }

  /** From the page that says that there is a new account to the service. */
  async goesOnWithTheNewAccount() {
    await this.reads('You have created your account')
    await this.goes(() => this.page.getByRole('button', { name: /^Continue to / }).click())
  }

  /** The code that was sent last. */
  async code(address = this.#email) {
    const messages = await this.world.outbox(address)
    return messages.find((message) => message.one_time_code).one_time_code
  }

  async typesTheCode(address = this.#email) {
    await this.answers({ one_time_code: await this.code(address) })
  }

  /** The last part of the address: the page's name. */
  get path() {
    return new URL(this.page.url()).pathname.split('/').at(-1)
  }

  /** The address of this person's journey, which every page's address begins with. */
  get journey() {
    return this.page.url().match(/^.*\/sign-in\/[^/]+/)[0]
  }

  isOn(path) {
    expect(this.path).toBe(path)
  }

  /** @param {string | RegExp} text */
  async reads(text) {
    await expect(this.page.locator('body')).toContainText(text)
  }

  /** The page says exactly this of what was typed: the words by the id of the field they lead to. */
  async isTold(faults) {
    const links = this.page.locator('.govuk-error-summary__list a')
    const told = await links.evaluateAll((all) => all.map((link) => [link.getAttribute('href')?.slice(1), link.textContent]))
    expect(Object.fromEntries(told)).toEqual(faults)
    for (const id of Object.keys(faults)) await expect(this.page.locator(`[id="${id}"]`)).toBeVisible()
    const besideFields = await this.page.locator('.govuk-error-message').allInnerTexts()
    expect(besideFields.map((text) => text.replace(/^Error:\s*/, ''))).toEqual(Object.values(faults))
  }

  /** The rows of the page that plays the answers back. */
  async answersPlayedBack() {
    const rows = await this.page.locator('.govuk-summary-list__row').all()
    const parts = ['dt', 'dd'].map((part) => (row) => row.locator(part).first().innerText())
    return Object.fromEntries(await Promise.all(rows.map((row) => Promise.all(parts.map((read) => read(row))))))
  }

  /** What the demo service was told: client, claims, userinfo, id_token, access_token. */
  async tokens() {
    if (this.path === 'finished') await this.goesOnWithTheNewAccount()
    expect(this.page.url()).toBe(`${this.world.demoUrl}/signed-in`)
    return (await this.page.context().request.get(`${this.world.demoUrl}/tokens.json`)).json()
  }
}
