// What can go wrong with a passkey: the person is told what to do, and the way by a code is always there.
import { Device } from '../support/device.js'
import { ASHA, walk } from '../support/personas.js'
import { expect, test } from '../support/test.js'

const BUTTON = 'Sign in with a passkey'

async function hasAPasskey(person) {
  const device = await Device.of(person)
  await person.signsInAt()
  await walk(person, ASHA)
  await person.visits(`${person.world.url}/account/passkeys`)
  await person.presses('Add a passkey')
  await person.reads('You have added a passkey')
  await person.visits(`${person.world.url}/account/sign-out`)
  await person.presses('Sign out')
  await person.signsInAt()
  return device
}

test('who cancels is told so and can try again', async ({ person }) => {
  const device = await hasAPasskey(person)
  await device.knowsTheFinger(false)
  await person.presses(BUTTON)
  const cancelled = 'We did not get a passkey from your device: try again, or enter your email address'
  await person.isTold({ passkey: cancelled })
  await device.knowsTheFinger(true)
  await person.presses(BUTTON)
  person.isOn('your-details')
})

test('making a passkey can be cancelled too', async ({ person }) => {
  const device = await Device.of(person)
  await person.signsInAt()
  await walk(person, ASHA)
  await device.knowsTheFinger(false)
  await person.visits(`${person.world.url}/account/passkeys`)
  await person.presses('Add a passkey')
  await person.isTold({ passkey: 'Your device did not make a passkey: try again' })
  await person.reads('You have no passkeys')
})

test('a device that has a passkey for the account does not make another', async ({ person }) => {
  const device = await hasAPasskey(person)
  await person.presses(BUTTON)
  await person.presses(/^Continue to /)
  await person.visits(`${person.world.url}/account/passkeys`)
  await person.presses('Add a passkey')
  await person.isTold({ passkey: 'Your device has a passkey for this account already: you do not need another one on it' })
  expect(await device.passkeys()).toBe(1)
})

test('a passkey that may have been copied is refused', async ({ person }) => {
  const device = await hasAPasskey(person)
  await person.presses(BUTTON)
  person.isOn('your-details')
  await device.isCopied(0)
  await person.signsInAt()
  await person.presses(BUTTON)
  await person.isTold({
    passkey: 'Somebody may have copied this passkey, so you cannot use it: enter your email address to get a code instead'
  })
})

test('a strict service asks for the numbers after a passkey as after a code', async ({ person }) => {
  await hasAPasskey(person)
  await person.signsInAt('demo-strict')
  await person.answers({ intent: 'sign_in' })
  await person.presses(BUTTON)
  person.isOn('elevate')
})

test('a passkey works in a second tab while the first one waits', async ({ person, newPerson }) => {
  await hasAPasskey(person)
  const tab = await newPerson(person)
  await Device.of(tab)
  await tab.visits(`${person.journey}/email`)
  await person.presses(BUTTON)
  person.isOn('your-details')
  await tab.reloads()
  await tab.reads('What is your email address?')
  await tab.visits(`${person.journey}/your-details`)
  await tab.presses(/^Continue to /)
  expect((await tab.tokens()).claims.acr).toBe('phr')
})
