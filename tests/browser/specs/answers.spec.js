// What answers lead to: each is played back, each can be changed, and nobody has to know everything.
import { ASHA, GARETH, MORGAN, SAM, walk } from '../support/personas.js'
import { expect, test } from '../support/test.js'

test('the answers are played back before anything is kept', async ({ person }) => {
  await person.signsInAt()
  await walk(person, MORGAN, 'check-answers')
  expect(await person.answersPlayedBack()).toEqual({
    'Email address': 'morgan.newcombe@example.com',
    'Mobile number': 'None',
    Name: 'Morgan Newcombe',
    'Preferred name': 'Morgan Newcombe',
    'Date of birth': '17 August 1991',
    'Do you have a National Insurance number?': 'Yes',
    'National Insurance number': 'YZ999999D',
    'Do you have a TRN?': 'No',
    'Have you been awarded QTS?': 'No'
  })
})

test('a corrected answer can find the record, and then nothing more is asked', async ({ person }) => {
  await person.signsInAt()
  await walk(person, { ...MORGAN, ...ASHA, 'date-of-birth': MORGAN['date-of-birth'] }, 'check-answers')
  await person.follows('Change date of birth')
  await person.answers(ASHA['date-of-birth'])
  person.isOn('check-answers')
  expect(await person.answersPlayedBack()).not.toHaveProperty('National Insurance number')
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

test('“I don’t know it” is an answer', async ({ person }) => {
  await person.signsInAt()
  for (const path of ['nino', 'trn', 'provider']) {
    await walk(person, SAM, path)
    await person.presses('I don’t know it')
  }
  person.isOn('no-match')
  const unknown = person.page.locator('.govuk-summary-list__row', { hasText: 'I don’t know it' })
  await expect(unknown).toHaveCount(3)
})

test('a service that does not ask for a TRN causes no question about it', async ({ person }) => {
  await person.signsInAt('demo-no-trn')
  const way = await walk(person, GARETH)
  expect(way).toEqual(['email', 'email-code', 'mobile', 'official-name', 'preferred-name', 'date-of-birth', 'check-answers'])
  const { claims } = await person.tokens()
  expect(claims).not.toHaveProperty('trn_lookup_status')
})
