// The three ways in which somebody who has an account is kept from making a second one, told as the service's own account
// of them tells them; and what happens in them when people use two tabs, go back, or mistype a code.
import { dateOfBirth, walk } from '../../support/personas.js'
import { expect, test } from '../../support/test.js'

const { step } = test

const NAME = { first_name: 'Nadia', last_name: 'Rahman', has_previous_name: 'no' }
const BORN = dateOfBirth('4', '6', '1988')
const MOBILE = '07700 900123'
const E164 = '+447700900123'
const OLD = 'nadia.rahman@example.com'
const NEW = 'nadia.new@example.com'

/** Nadia, who has an account. */
const NADIA = {
  email: { email: OLD },
  mobile: MOBILE,
  'official-name': NAME,
  'preferred-name': {},
  'date-of-birth': BORN
}

const NOT_THE_ONE = 'The code is not the one that we sent for this page: check it, or get a new code'

/** Another code than this one. */
const other = (code) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

/** Nadia has an account; who she is to services. */
async function hasAnAccount(newPerson) {
  const nadia = await newPerson()
  await nadia.signsInAt('demo-no-trn')
  await walk(nadia, NADIA)
  return (await nadia.tokens()).claims.sub
}

async function creates(person) {
  await person.signsInAt('demo-no-trn')
  person.isOn('start')
  await person.answers({ intent: 'create' })
}

async function signsInTo(person, sub) {
  person.isOn('your-details')
  await person.presses(/^Continue to /)
  expect((await person.tokens()).claims.sub).toBe(sub)
}

/** From the start to the page that asks for the mobile number, with an address that no account has. */
async function comesToTheMobile(person) {
  await creates(person)
  await person.answers({ email: NEW })
  await person.typesTheCode(NEW)
  person.isOn('mobile')
}

async function comesToTheOffer(person) {
  await comesToTheMobile(person)
  await person.presses('Continue without a mobile')
  await person.answers(NAME)
  await person.answers({})
  await person.answers(BORN)
  person.isOn('existing-account')
}

async function mistypesTheCode(person, address) {
  await person.answers({ one_time_code: other(await person.code(address)) })
  await person.isTold({ one_time_code: NOT_THE_ONE })
}

test('Scenario 1', async ({ newPerson, person }) => {
  const sub = await hasAnAccount(newPerson)
  await step('Selects to create an account', () => creates(person))
  await step('Enters their email address (DIA recognises email)', () => person.answers({ email: OLD.toUpperCase() }))
  await step('Confirms their email with OTP (Confirms user as owner of the DIA)', async () => {
    await person.typesTheCode(OLD)
  })
  await step('A sign in interstitial page informs the user they have an account and prompts them to sign in', async () => {
    person.isOn('account-exists')
    await person.reads('You already have an account')
    await person.presses('Sign in')
  })
  await step('User signs in to their service', () => signsInTo(person, sub))
})

test('Scenario 2', async ({ newPerson, person, world }) => {
  const sub = await hasAnAccount(newPerson)
  await step('Selects to create an account', () => creates(person))
  await step('Enters their email address (Does not match existing account)', () => person.answers({ email: NEW }))
  await step('Confirms their email with OTP', () => person.typesTheCode(NEW))
  await step('Enters their mobile number  (DIA recognises number)', () => person.answers({ mobile: '+44 (0)7700 900-123' }))
  await step('Confirms their number with OTP  (Confirms user as owner of the DIA)', () => person.typesTheCode(E164))
  await step('A sign in interstitial page informs the user they have an account and prompts them to sign in', async () => {
    person.isOn('mobile-exists')
    await person.reads('n****@****.com')
    await person.presses('Sign in')
  })
  await step('User signs in to their service', () => signsInTo(person, sub))
  expect((await person.tokens()).claims.amr).toEqual(['otp', 'sms'])
  expect((await world.outbox(OLD))[0].template, 'the owner is told').toBe('signed-in-by-mobile')
})

/** What both options of the third scenario begin with. */
async function untilDisambiguation(person) {
  await step('Selects to create an account', () => creates(person))
  await step('Enters their email address (Does not match existing account)', () => person.answers({ email: NEW }))
  await step('Confirms their email with OTP', () => person.typesTheCode(NEW))
  await step('Enters their mobile number  (Does not match existing account)', () => person.givesAMobile('07700 900456'))
  await step('Confirms their number with  OTP', () => person.typesTheCode('+447700900456'))
  await step('Enters their name (TSA recognises name)', async () => {
    await person.answers(NAME)
    await person.answers({})
  })
  await step('Enters their Date of Birth (TSA recognises DOB)', () => person.answers(BORN))
  await step('An account disambiguation page is presented', async () => {
    person.isOn('existing-account')
    await person.reads('n****@****.com')
  })
}

test('Scenario 3, 1. Sign in to an existing account? (that matches the Name and DOB entered)', async ({
  newPerson,
  person
}) => {
  const sub = await hasAnAccount(newPerson)
  await untilDisambiguation(person)
  await step('Select to log in to an existing account', async () => {
    await person.page.getByRole('radio').first().check()
    await person.presses('Continue')
  })
  await step('Enters OTP sent to email associated with account', () => person.typesTheCode(OLD))
  await step('User signs into service', () => signsInTo(person, sub))
})

test('Scenario 3, 2. Continues to create an account using email they entered', async ({ newPerson, person }) => {
  const sub = await hasAnAccount(newPerson)
  await untilDisambiguation(person)
  await person.answers({ account: 'none' })
  person.isOn('check-answers')
  expect(await person.answersPlayedBack()).toMatchObject({ 'Email address': NEW, 'Mobile number': '07700 900456' })
  await person.presses('Continue')
  await step('TSA account created screen is displayed', async () => {
    await person.reads('You have created your account')
    await person.reloads()
    await person.reads('You have created your account')
  })
  await step('Continues to the consuming service', () => person.goesOnWithTheNewAccount())
  const { claims, userinfo } = await person.tokens()
  expect(claims.sub).not.toBe(sub)
  expect(userinfo).toMatchObject({ email: NEW })
})

test('Scenario 1 with two tabs, back, and a wrong code in the middle', async ({ newPerson, person }) => {
  const sub = await hasAnAccount(newPerson)
  await creates(person)
  await person.answers({ email: OLD })
  await mistypesTheCode(person, OLD)
  await person.follows('Back')
  await person.answers({ email: OLD })
  const tab = await newPerson(person)
  await tab.visits(person.page.url())
  await tab.typesTheCode(OLD)
  tab.isOn('account-exists')
  await person.reloads()
  person.isOn('account-exists')
  await tab.follows('Back')
  tab.isOn('email')
  await person.presses('Sign in')
  await signsInTo(person, sub)
})

test('Scenario 2 with two tabs, back, and a wrong code in the middle', async ({ newPerson, person }) => {
  const sub = await hasAnAccount(newPerson)
  await comesToTheMobile(person)
  await person.answers({ mobile: '07700 900999' })
  await mistypesTheCode(person, '+447700900999')
  await person.follows('Back')
  await expect(person.page.locator('[name=mobile]')).toHaveValue('07700 900999')
  await person.answers({ mobile: MOBILE })
  const tab = await newPerson(person)
  await tab.visits(person.page.url())
  await mistypesTheCode(tab, E164)
  await person.typesTheCode(E164)
  person.isOn('mobile-exists')
  await person.follows('This is not my account')
  await person.follows('Back')
  person.isOn('mobile-exists')
  await tab.reloads()
  tab.isOn('mobile-exists')
  await tab.presses('Sign in')
  await signsInTo(tab, sub)
})

test('Scenario 3 with two tabs, back, and a wrong code in the middle', async ({ newPerson, person }) => {
  const sub = await hasAnAccount(newPerson)
  await comesToTheOffer(person)
  await person.answers({ account: 'none' })
  person.isOn('check-answers')
  await person.goesBack()
  const tab = await newPerson(person)
  await tab.visits(`${person.journey}/existing-account`)
  await tab.page.getByRole('radio').first().check()
  await tab.presses('Continue')
  tab.isOn('account-code')
  await mistypesTheCode(tab, OLD)
  await tab.follows('I cannot get emails at that address')
  await tab.reads('*******0123')
  await tab.presses('Text me a code')
  await tab.typesTheCode(E164)
  await signsInTo(tab, sub)
})
