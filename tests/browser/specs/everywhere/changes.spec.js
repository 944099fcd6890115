// Answers can be changed: from the page that plays them back, and by going back.
import { ASHA, MORGAN, PRIYA, step, walk } from '../../support/personas.js'
import { expect, test } from '../../support/test.js'

/** @param {import('../../support/person.js').Person} person */
async function rows(person) {
  const all = person.page.locator('.govuk-summary-list__row')
  const read = await all.evaluateAll((rows) =>
    rows.map((row) => ['dt', 'dd'].map((part) => row.querySelector(part)?.textContent?.trim()))
  )
  return Object.fromEntries(read)
}

test('the answers are played back before anything is kept', async ({ person }) => {
  await person.signsInAt()
  await walk(person, MORGAN, 'check-answers')
  expect(await rows(person)).toEqual({
    'Email address': 'morgan.newcombe@example.com',
    Name: 'Morgan Newcombe',
    'Preferred name': 'Morgan Newcombe',
    'Date of birth': '17 August 1991',
    'Do you have a National Insurance number?': 'Yes',
    'National Insurance number': 'YZ999999D',
    'Do you have a TRN?': 'No',
    'Have you been awarded QTS?': 'No'
  })
})

test('a changed answer leads straight back, and new questions come in between', async ({ person }) => {
  await person.signsInAt()
  await walk(person, MORGAN, 'check-answers')
  await person.follows('Change name')
  await expect(person.page.locator('[name=first_name]')).toHaveValue('Morgan')
  await person.answers({ first_name: 'Morgana' })
  person.isOn('check-answers')
  expect((await rows(person)).Name).toBe('Morgana Newcombe')

  await person.follows('Change whether you have been awarded QTS')
  await person.answers({ has_qts: 'yes' })
  person.isOn('has-provider')
  await person.answers({ has_provider: 'no' })
  person.isOn('check-answers')
})

test('a corrected answer can find the record, and then nothing more is asked', async ({ person }) => {
  await person.signsInAt()
  await walk(person, { ...MORGAN, ...ASHA, 'date-of-birth': MORGAN['date-of-birth'] }, 'check-answers')
  await person.follows('Change date of birth')
  await person.answers(ASHA['date-of-birth'])
  person.isOn('check-answers')
  expect(Object.keys(await rows(person))).not.toContain('National Insurance number')
  await person.presses('Continue')
  expect((await person.tokens()).claims.trn).toBe('1000001')
})

test('another address has to be proved as the first one had', async ({ person }) => {
  await person.signsInAt()
  await walk(person, MORGAN, 'check-answers')
  await person.follows('Change email address')
  await person.answers({ email: 'morgan@example.org' })
  person.isOn('email-code')
  await person.typesTheCode()
  person.isOn('check-answers')
  await person.presses('Continue')
  expect((await person.tokens()).userinfo.email).toBe('morgan@example.org')
})

test('“Back” leads to each page before, as it was answered', async ({ person }) => {
  await person.signsInAt()
  const way = await walk(person, PRIYA, 'check-answers')
  const questions = way.filter((path) => path !== 'email-code').reverse()
  for (const path of questions) {
    await person.follows('Back')
    person.isOn(path)
  }
  await expect(person.page.locator('[name=email]')).toHaveValue(PRIYA.email.email)
  await expect(person.page.getByRole('link', { name: 'Back', exact: true })).toHaveCount(0)
  await step(person, PRIYA)
  person.isOn('check-answers')
})
