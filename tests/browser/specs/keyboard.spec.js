// Nobody needs a mouse, and the list of training providers helps whoever has JavaScript.
import { ASHA, PRIYA, walk } from '../support/personas.js'
import { expect, test } from '../support/test.js'

/** Goes from field to field by Tab, and types. @param {import('../support/person.js').Person} person */
async function types(person, keys) {
  const { keyboard } = person.page
  for (const [name, text] of keys) {
    await tabTo(person, name)
    if (text === ' ') await keyboard.press('Space')
    else {
      await keyboard.press('ControlOrMeta+A')
      await keyboard.type(text)
    }
  }
  const loaded = person.page.waitForEvent('load')
  await keyboard.press('Enter')
  await loaded
  await person.inspects()
}

async function tabTo(person, name) {
  for (let presses = 0; presses < 30; presses += 1) {
    await person.page.keyboard.press('Tab')
    const focused = await person.page.evaluate(() => {
      const element = /** @type {HTMLElement} */ (document.activeElement)
      return element.getAttribute('name') ?? element.innerText?.trim()
    })
    if (focused === name) return
  }
  throw new Error(`the keyboard does not reach ${name}`)
}

test('a whole journey needs the keyboard only', async ({ person }) => {
  await person.signsInAt()
  await types(person, [['email', ASHA.email.email]])
  await types(person, [['one_time_code', await person.code(ASHA.email.email)]])
  await types(person, [['first_name', 'Asha'], ['last_name', 'Okonkwo-Bennett'], ['has_previous_name', ' ']])
  // The space bar has chosen "Yes", the first of the three: the arrow keys go on to "No".
  person.isOn('official-name')
  await tabTo(person, 'has_previous_name')
  await person.page.keyboard.press('ArrowDown')
  await types(person, [])
  await types(person, [['preferred_name', 'Asha']])
  await types(person, [['date_of_birth-day', '12'], ['date_of_birth-month', '4'], ['date_of_birth-year', '1987']])
  person.isOn('check-answers')
  await tabTo(person, 'Continue')
  await types(person, [])
  expect((await person.tokens()).claims.trn).toBe('1000001')
})

test('the first stop of the keyboard skips to the content', async ({ person }) => {
  await person.signsInAt()
  await person.page.keyboard.press('Tab')
  await expect(person.page.getByRole('link', { name: 'Skip to main content' })).toBeFocused()
})

test('the training provider is chosen from suggestions', async ({ person }) => {
  await person.signsInAt()
  await walk(person, PRIYA, 'provider')
  const field = person.page.locator('[name=provider]')
  await expect(field).toHaveAttribute('role', 'combobox')
  await field.pressSequentially('south downs')
  await expect(person.page.getByRole('option').first()).toHaveText(/South Downs Maths & Physics SCITT/)
  await person.inspects()
  await person.page.keyboard.press('ArrowDown')
  await person.page.keyboard.press('Enter')
  await expect(field).toHaveValue('South Downs Maths & Physics SCITT')
  await person.presses('Continue')
  person.isOn('check-answers')
  await person.reads('South Downs Maths & Physics SCITT')
})

test('one click on “Continue” is enough while suggestions are shown', async ({ person }) => {
  await person.signsInAt()
  await walk(person, PRIYA, 'provider')
  await person.page.locator('[name=provider]').pressSequentially('south downs')
  await expect(person.page.getByRole('option').first()).toBeVisible()
  await person.presses('Continue')
  person.isOn('check-answers')
})

test.describe('without JavaScript', () => {
  test.use({ javaScript: false })

  test('the training provider is a plain field that suggests what the browser can', async ({ person }) => {
    await person.signsInAt()
    await walk(person, PRIYA, 'provider')
    const field = person.page.locator('input[name=provider]')
    await expect(field).not.toHaveAttribute('role', 'combobox')
    const list = await field.getAttribute('list')
    expect(await person.page.locator(`#${list} option`).count()).toBeGreaterThan(10)
    await walk(person, PRIYA)
    expect((await person.tokens()).claims.trn).toBe('1000008')
  })
})
