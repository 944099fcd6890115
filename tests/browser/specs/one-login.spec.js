// What GOV.UK One Login leads to, and what can go wrong: the way by a code is always there.
import { ASHA, BUTTON, expect, signsInThereAs, test } from '../support/one-login.js'
import { ASHA as BY_CODE, walk } from '../support/personas.js'

const EMAIL = 'asha.okonkwo-bennett@example.com'

async function signsOut(person) {
  await person.visits(`${person.world.url}/account/sign-out`)
  await person.presses('Sign out')
}

test('a known address leads to its account, whose owner is told, and the account page lets it go', async ({ person }) => {
  await person.signsInAt()
  await walk(person, BY_CODE)
  await signsOut(person)
  await person.signsInAt()
  await signsInThereAs(person, ASHA)
  person.isOn('your-details')
  await person.presses(/^Continue to /)
  const letters = await person.world.outbox(EMAIL)
  expect(letters.filter(({ subject }) => subject === 'GOV.UK One Login was added to your account')).toHaveLength(1)
  await person.visits(`${person.world.url}/account/devices`)
  await person.reads('with GOV.UK One Login')
  await person.visits(`${person.world.url}/account`)
  await person.follows('GOV.UK One Login, to sign in without a code from us')
  await person.presses(/^Remove/)
  await person.reads('You do not sign in to your account with GOV.UK One Login')
})

test('a known subject is enough, whatever address it has there now', async ({ person, oneLogin }) => {
  await person.signsInAt()
  await signsInThereAs(person, ASHA)
  await walk(person, BY_CODE)
  await signsOut(person)
  await oneLogin.tells('unverified-email')
  await person.signsInAt()
  await signsInThereAs(person, ASHA)
  person.isOn('your-details')
})

for (const [untruth, what] of [
  ['vot', 'less than was asked for'],
  ['id-token-signature', 'a wrong signature'],
  ['expired', 'an expired token'],
  ['identity-signature', 'an identity with a wrong signature'],
  ['nonce', 'a token of another request']
]) {
  test(`${what} is not believed, and the person goes on with a code`, async ({ person, oneLogin }) => {
    await oneLogin.tells(untruth)
    await person.signsInAt()
    await signsInThereAs(person, ASHA)
    person.isOn('email')
    await person.reads('We could not use what GOV.UK One Login told us')
    await person.answers({ email: EMAIL })
    await person.typesTheCode()
    person.isOn('mobile')
  })
}

test('an address that was not confirmed there does not count', async ({ person, oneLogin }) => {
  await oneLogin.tells('unverified-email')
  await person.signsInAt()
  await signsInThereAs(person, ASHA)
  person.isOn('email')
  await person.reads('GOV.UK One Login has not confirmed your email address')
})

test('while it is down the page says so and nothing is lost', async ({ person, oneLogin }) => {
  await oneLogin.has('failing')
  await person.signsInAt()
  await person.presses(BUTTON)
  person.isOn('email')
  await person.reads('We cannot reach GOV.UK One Login at the moment')
  await oneLogin.has('none')
  await person.presses(BUTTON)
  await person.presses(`Continue as ${ASHA}`)
  person.isOn('mobile')
})

test('the way back goes to where the person was, and a second return to where the journey stands', async ({ person }) => {
  await person.signsInAt()
  await person.presses(BUTTON)
  await person.goesBack()
  person.isOn('email')
  await signsInThereAs(person, ASHA)
  person.isOn('mobile')
  await person.goesBack()
  await person.presses(`Continue as ${ASHA}`)
  // One Login gives another code, for a state that is used up.
  person.isOn('mobile')
})

test('two tabs are two journeys, and both come back', async ({ person, newPerson }) => {
  const other = await newPerson(person)
  await person.signsInAt()
  await other.signsInAt()
  await person.presses(BUTTON)
  await other.presses(BUTTON)
  await other.presses(`Continue as ${ASHA}`)
  other.isOn('mobile')
  await person.presses(`Continue as ${ASHA}`)
  person.isOn('mobile')
  expect(person.journey).not.toBe(other.journey)
})
