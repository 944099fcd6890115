// Somebody who lost their email address signs in with their mobile number; and their owner says that it was not they.
import { dateOfBirth, walk } from '../../support/personas.js'
import { expect, test } from '../../support/test.js'

const OLD = 'nadia.rahman@example.com'
const NEW = 'nadia.new@example.com'
const E164 = '+447700900123'
const NADIA = {
  email: { email: OLD },
  mobile: '07700 900123',
  'official-name': { first_name: 'Nadia', last_name: 'Rahman', has_previous_name: 'no' },
  'preferred-name': {},
  'date-of-birth': dateOfBirth('4', '6', '1988')
}

test.beforeEach(async ({ newPerson }) => {
  const nadia = await newPerson()
  await nadia.signsInAt('demo-no-trn')
  await walk(nadia, NADIA)
  await nadia.tokens()
})

test('who lost their email signs in with their number, and changes the address', async ({ person, world }) => {
  await person.signsInAt('demo-no-trn')
  await person.answers({ intent: 'sign_in' })
  await person.follows('I no longer have access to my email')
  await person.answers({ mobile: '020 7946 0123' })
  await person.isTold({ mobile: 'This is a landline number: enter a mobile number, so that we can text you a code' })
  await person.answers({ mobile: '07700 900123' })
  person.isOn('lost-email-code')
  await person.typesTheCode(E164)
  person.isOn('your-details')
  await person.follows('change it now')
  await person.answers({ email: NEW })
  await person.typesTheCode(NEW)
  await person.presses(/^Continue to /)
  expect((await person.tokens()).userinfo.email).toBe(NEW)
  const told = (await world.outbox(OLD)).map((message) => message.template)
  expect(told).toEqual(expect.arrayContaining(['signed-in-by-mobile', 'email-changed']))
})

test('a number that no account has leads to support, or to an address', async ({ person }) => {
  await person.signsInAt('demo-no-trn')
  await person.answers({ intent: 'sign_in' })
  await person.follows('I no longer have access to my email')
  await person.answers({ mobile: '07700 900888' })
  await person.typesTheCode('+447700900888')
  person.isOn('no-account-with-mobile')
  await person.presses('Use an email address')
  person.isOn('email')
})

test('“this was not me” ends the sign-in and takes the number off, once its button is pressed', async ({
  newPerson,
  person,
  world
}) => {
  await person.signsInAt('demo-no-trn')
  await person.answers({ intent: 'sign_in' })
  await person.follows('I no longer have access to my email')
  await person.answers({ mobile: '07700 900123' })
  await person.typesTheCode(E164)
  await person.presses(/^Continue to /)
  await person.tokens()
  const letter = (await world.outbox(OLD)).find((message) => message.template === 'signed-in-by-mobile')
  const owner = await newPerson()
  await owner.visits(letter.body.match(/http\S+\/not-me\/\S+/)[0])
  await owner.reads('Tell us that this was not you')
  await owner.presses('This was not me')
  await owner.reads('We have ended that sign-in')
  await person.signsInAt('demo-no-trn')
  person.isOn('start')
  await owner.visits(`${world.url}/not-me/nothing`)
  await owner.reads('This link does not work any more')
})
