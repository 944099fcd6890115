// Whoever gets an account should have an address of their own, which they do not lose with their job.
import { MORGAN, walk } from '../../support/personas.js'
import { expect, test } from '../../support/test.js'

const OWN = 'morgan.own@example.com'
const SHARED = 'Enter a personal email address, not a shared one, like name@example.com'

test('who comes with a shared mailbox gives an address of their own, and proves it', async ({ person }) => {
  await person.signsInAt('demo-no-trn')
  await walk(person, { email: { email: 'office@example.com' } }, 'personal-email')
  await person.reads('office@example.com looks like an address that several people can read')
  await person.answers({ email: 'head.teacher@example.com' })
  await person.isTold({ email: SHARED })
  await person.answers({ email: OWN })
  person.isOn('personal-email-code')
  await person.presses('Send a new code')
  await person.typesTheCode(OWN)
  await walk(person, MORGAN, 'check-answers')
  expect(await person.answersPlayedBack()).toMatchObject({
    'Email address': 'office@example.com',
    'Personal email address': OWN
  })
  await walk(person, MORGAN)
  expect((await person.tokens()).userinfo).toMatchObject({ email: OWN, email_verified: true })
})

test('who comes with the address of a school may keep it or give another', async ({ newPerson }) => {
  const [keeps, changes] = [await newPerson(), await newPerson()]
  await keeps.signsInAt('demo-no-trn')
  await walk(keeps, { email: { email: 'morgan.newcombe.head.of.year@st-brendans.example' } }, 'institution-email')
  await keeps.reads('morgan.newcombe.head.of.year@st-brendans.example belongs to a school')
  await keeps.answers({ use_personal_email: 'no' })
  await walk(keeps, MORGAN)
  expect((await keeps.tokens()).userinfo.email).toBe('morgan.newcombe.head.of.year@st-brendans.example')

  await changes.signsInAt('demo-no-trn')
  await walk(changes, { email: { email: 'morgan@st-brendans.example' } }, 'institution-email')
  await changes.presses('Continue')
  await changes.isTold({ use_personal_email: 'Select yes if you want to use a personal email address' })
  await changes.answers({ use_personal_email: 'yes', personal_email: 'office@example.com' })
  await changes.isTold({ personal_email: SHARED })
  await changes.answers({ personal_email: OWN })
  await changes.typesTheCode(OWN)
  await walk(changes, MORGAN)
  expect((await changes.tokens()).userinfo.email).toBe(OWN)
})
