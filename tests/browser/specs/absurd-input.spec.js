// Nothing that anybody sends brings the service down, or gets anything but a plain answer.
import { MORGAN, SAM, step, walk } from '../support/personas.js'
import { expect, test } from '../support/test.js'

const NUL = 'a\0b'
const EMOJI = '🙂'
const UNREADABLE = 'has a character that we cannot read: type it again'

/** By page: each field, what NUL in it and what an emoji in it comes to. Null: it is accepted. */
const FIELDS = {
  email: { email: ['Enter an email address in the correct format', 'Enter an email address in the correct format'] },
  'email-code': { one_time_code: ['The code must be digits only', 'The code must be digits only'] },
  'official-name': {
    first_name: [`Your first name ${UNREADABLE}`, null],
    middle_name: [`Your middle name ${UNREADABLE}`, null],
    last_name: [`Your last name ${UNREADABLE}`, null],
    has_previous_name: ['Select yes if you have', 'Select yes if you have'],
    previous_first_name: [`Your previous first name ${UNREADABLE}`, null],
    previous_last_name: [`Your previous last name ${UNREADABLE}`, null]
  },
  'preferred-name': { preferred_name: [`The name ${UNREADABLE}`, null] },
  'date-of-birth': {
    'date_of_birth-day': ['Date of birth must be a real date', 'Date of birth must be a real date'],
    'date_of_birth-month': ['Date of birth must be a real date', 'Date of birth must be a real date'],
    'date_of_birth-year': ['Date of birth must be a real date', 'Date of birth must be a real date']
  },
  'has-nino': { has_nino: ['Select yes if you have', 'Select yes if you have'] },
  nino: { nino: ['in the correct format', 'in the correct format'] },
  'has-trn': { has_trn: ['Select yes if you have', 'Select yes if you have'] },
  trn: { trn: ['Your TRN must have exactly 7 digits', 'Your TRN must have exactly 7 digits'] },
  'has-qts': { has_qts: ['Select yes if you have', 'Select yes if you have'] },
  'has-provider': { has_provider: ['Select yes if a university', 'Select yes if a university'] },
  provider: { provider: [`The name ${UNREADABLE}`, null] }
}

test('NUL and emoji get a plain answer in every field', async ({ person }) => {
  await person.signsInAt()
  for (const [path, fields] of Object.entries(FIELDS)) {
    await walk(person, SAM, path)
    for (const [field, [nul, emoji]] of Object.entries(fields)) {
      await test.step(field, async () => {
        await expectAnswer(person, { ...SAM[path], [field]: NUL }, nul)
        await expectAnswer(person, { ...SAM[path], [field]: EMOJI }, emoji)
      })
    }
    await person.visits(`${person.journey}/${path}`)
    if (path !== 'email-code') person.isOn(path)
  }
  await walk(person, SAM)
  expect((await person.tokens()).claims.trn_lookup_status).toBe('Pending')
})

/** Sends a form as no browser would, which keeps a NUL out of it or not as it likes. */
async function expectAnswer(person, form, told) {
  const answer = await person.page.request.post(person.page.url(), { form, maxRedirects: 0 })
  const text = await answer.text()
  expect([answer.status(), text.includes('There is a problem')]).toEqual(told === null ? [303, false] : [400, true])
  if (told !== null) expect(text).toContain(told)
}

test('a name that is an emoji comes out as it went in', async ({ person }) => {
  await person.signsInAt()
  const name = { first_name: 'Zoë 🙂', last_name: '李', has_previous_name: 'no' }
  await walk(person, { ...MORGAN, 'official-name': name })
  expect((await person.tokens()).userinfo).toMatchObject({ given_name: 'Zoë 🙂', family_name: '李' })
})

test('markup in an answer is text', async ({ person }) => {
  await person.signsInAt()
  const name = { first_name: '<img src=x onerror=alert(1)>', last_name: '"\'--&amp;{{7*7}}', has_previous_name: 'no' }
  await walk(person, { ...MORGAN, 'official-name': name }, 'check-answers')
  await expect(person.page.locator('.govuk-summary-list')).toContainText(`${name.first_name} ${name.last_name}`)
  await expect(person.page.locator('.govuk-summary-list img')).toHaveCount(0)
})

test('a name of 10,000 characters is told how long it may be', async ({ person }) => {
  await person.signsInAt()
  await walk(person, MORGAN, 'official-name')
  const long = 'a'.repeat(10_000)
  await person.answers({ first_name: long, middle_name: long, last_name: long, has_previous_name: 'no' })
  await person.isTold({
    first_name: 'Your first name must be 200 characters or fewer',
    middle_name: 'Your middle name must be 200 characters or fewer',
    last_name: 'Your last name must be 200 characters or fewer'
  })
  await step(person, { 'official-name': { ...MORGAN['official-name'], middle_name: '' } })
  person.isOn('preferred-name')
})

test('a body of 10 MB is refused, wherever it is sent', async ({ person, world }) => {
  await person.signsInAt()
  await walk(person, MORGAN, 'official-name')
  const data = `first_name=${'a'.repeat(10 * 1024 * 1024)}`
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
  const places = ['/oauth2/token', '/oauth2/authorize', '/oauth2/userinfo', '/oauth2/end-session']
  for (const address of [person.page.url(), ...places.map((path) => world.url + path)]) {
    const status = await person.page.request.post(address, { data, headers, maxRedirects: 0 }).then(
      (answer) => answer.status(),
      // The service may hang up before all of it was sent.
      (error) => (/ECONNRESET|EPIPE|socket hang up/.test(String(error)) ? 413 : Promise.reject(error))
    )
    expect([413, 401], address).toContain(status)
  }
  await step(person, MORGAN)
  person.isOn('preferred-name')
})
