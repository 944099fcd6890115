// Every page says what is wrong in its own words, beside the field and at the top, and keeps what was typed.
import { dateOfBirth, SAM, step } from '../../support/personas.js'
import { expect, test } from '../../support/test.js'

const long = 'a'.repeat(201)
const FORMAT = 'Enter an email address in the correct format, like name@example.com'

/** By page: what is typed, and what the page says by the id of the field. */
const FAULTS = {
  email: [
    [{ email: '' }, { email: 'Enter your email address' }],
    [{ email: 'sam.example.com' }, { email: FORMAT }],
    [{ email: `${long}@example.com` }, { email: 'Email address must be 200 characters or fewer' }]
  ],
  'email-code': [
    [{ one_time_code: '' }, { one_time_code: 'Enter the code that we sent you' }],
    [{ one_time_code: '12a456' }, { one_time_code: 'The code must be digits only' }],
    [{ one_time_code: '12345' }, { one_time_code: 'You have not entered enough digits: the code has 6' }],
    [{ one_time_code: '1234567' }, { one_time_code: 'You have entered too many digits: the code has 6' }]
  ],
  mobile: [
    [{ mobile: '' }, { mobile: 'Enter your mobile number' }],
    [
      { mobile: 'o7700 900123' },
      { mobile: 'A mobile number must have only digits, spaces, hyphens and brackets, like 07700 900 982' }
    ],
    [
      { mobile: '07700-900' },
      { mobile: 'Enter a mobile number in full, like 07700 900 982, or +33 6 12 34 56 78 from another country' }
    ],
    [
      { mobile: '020 7946 0123' },
      { mobile: 'This is a landline number: enter a mobile number, so that we can text you a code' }
    ],
    [{ mobile: '0808 157 0123' }, { mobile: 'We cannot text this number: enter a mobile number' }]
  ],
  'official-name': [
    [
      {},
      {
        first_name: 'Enter your first name',
        last_name: 'Enter your last name',
        has_previous_name: 'Select yes if you have ever changed your name'
      }
    ],
    [
      { first_name: 'Sam', last_name: long, has_previous_name: 'yes' },
      {
        last_name: 'Your last name must be 200 characters or fewer',
        previous_first_name: 'Enter your previous first name, your previous last name or both'
      }
    ]
  ],
  'preferred-name': [
    [{ preferred_name: '' }, { preferred_name: 'Enter the name that you would like us to use' }],
    [{ preferred_name: long }, { preferred_name: 'The name that we use must be 200 characters or fewer' }]
  ],
  'date-of-birth': [
    [dateOfBirth('', '', ''), { 'date_of_birth-day': 'Enter your date of birth' }],
    [dateOfBirth('1', '', '1990'), { 'date_of_birth-month': 'Date of birth must include a month' }],
    [dateOfBirth('31', '2', '1990'), { 'date_of_birth-day': 'Date of birth must be a real date' }],
    [dateOfBirth('1', '1', '2999'), { 'date_of_birth-day': 'Date of birth must be in the past' }],
    [dateOfBirth('1', '1', '1899'), { 'date_of_birth-year': 'Date of birth must be in 1900 or later' }]
  ],
  'has-nino': [[{}, { has_nino: 'Select yes if you have a National Insurance number' }]],
  nino: [
    [{ nino: '' }, { nino: 'Enter your National Insurance number' }],
    [{ nino: 'QQ 12 34' }, { nino: 'Enter a National Insurance number in the correct format, like QQ 12 34 56 C' }]
  ],
  'has-trn': [[{}, { has_trn: 'Select yes if you have a teacher reference number (TRN)' }]],
  trn: [
    [{ trn: '' }, { trn: 'Enter your TRN' }],
    [{ trn: '123456' }, { trn: 'Your TRN must have exactly 7 digits, like 4567814 or RP99/12345' }]
  ],
  'has-qts': [[{}, { has_qts: 'Select yes if you have been awarded qualified teacher status (QTS)' }]],
  'has-provider': [[{}, { has_provider: 'Select yes if a university, SCITT or school awarded your QTS' }]],
  provider: [
    [{ provider: '' }, { provider: 'Enter the university, SCITT or school that awarded your QTS' }],
    [{ provider: long }, { provider: 'The name of the university, SCITT or school must be 200 characters or fewer' }]
  ]
}

test('every page says what is wrong, and keeps what was typed', async ({ person }) => {
  await person.signsInAt()
  for (const [path, faults] of Object.entries(FAULTS)) {
    await test.step(path, async () => {
      person.isOn(path)
      for (const [typed, told] of faults) {
        await person.answers(typed)
        person.isOn(path)
        await person.isTold(told)
        for (const [name, value] of Object.entries(typed)) await expectKept(person, name, value)
      }
      await step(person, SAM)
    })
  }
  // Who claims a TRN that is on no record goes on while it is looked for.
  person.isOn('no-match')
  await step(person, SAM)
  const { claims } = await person.tokens()
  expect(claims.trn_lookup_status).toBe('Pending')
  expect(claims).not.toHaveProperty('trn')
})

async function expectKept(person, name, value) {
  const field = person.page.locator(`[name="${name}"]`)
  if ((await field.count()) > 1) {
    await expect(person.page.locator(`[name="${name}"][value="${value}"]`)).toBeChecked()
  } else {
    await expect(field).toHaveValue(value)
  }
}
