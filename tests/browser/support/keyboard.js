// Somebody without a mouse: goes from one thing to the next by Tab, and never clicks.
import { Person } from './person.js'

/** More stops than any page has. */
const STOPS = 80

export class AtTheKeyboard extends Person {
  async fills(fields) {
    for (const [name, value] of Object.entries(fields)) {
      await this.#tabTo(`[name="${name}"]`)
      if (await this.#isOn('[type=radio]')) await this.#chooses(value)
      else {
        await this.page.keyboard.press('ControlOrMeta+A')
        if (value === '') await this.page.keyboard.press('Delete')
        else await this.page.keyboard.type(value)
      }
    }
  }

  /** The space bar chooses the radio that has the focus, the arrow keys the next ones. */
  async #chooses(value) {
    await this.page.keyboard.press('Space')
    for (let presses = 0; presses < 10 && !(await this.#isOn(`[value="${value}"]`)); presses += 1) {
      await this.page.keyboard.press('ArrowDown')
    }
  }

  /** Enter in a field is as good as the first button of its form. */
  async presses(name) {
    const first = this.page.locator('form').getByRole('button').first()
    const isFirst = (await this.#isOn('form input:not([type=radio])')) && (await this.#isNamed(first, name))
    if (!isFirst) await this.#tabToThe(this.page.getByRole('button', { name, exact: true }))
    await this.goes(() => this.page.keyboard.press('Enter'))
  }

  async follows(name) {
    await this.#tabToThe(this.link(name))
    await this.goes(() => this.page.keyboard.press('Enter'))
  }

  async #isNamed(button, name) {
    const text = (await button.innerText()).trim()
    return typeof name === 'string' ? text === name : name.test(text)
  }

  #isOn(selector) {
    return this.page.evaluate((selector) => document.activeElement.matches(selector), selector)
  }

  #tabTo(selector) {
    return this.#tabs(() => this.#isOn(selector), selector)
  }

  #tabToThe(element) {
    return this.#tabs(() => element.evaluate((element) => element === document.activeElement), element)
  }

  async #tabs(isThere, wanted) {
    for (let presses = 0; presses < STOPS; presses += 1) {
      await this.page.keyboard.press('Tab')
      if (await isThere()) return
    }
    throw new Error(`the keyboard does not reach ${wanted}`)
  }
}
