// Passkeys: with a device that keeps them one touch takes the place of the code; without JavaScript they are not there.
import { Device } from '../../support/device.js'
import { ASHA, walk } from '../../support/personas.js'
import { expect, test } from '../../support/test.js'

const BUTTON = 'Sign in with a passkey'

async function signsInToPasskeys(person) {
  await person.signsInAt()
  await walk(person, ASHA)
  await person.visits(`${person.world.url}/account`)
  await person.follows('Passkeys, to sign in with one touch')
}

test('without JavaScript there are no passkeys, and with it they are offered and not required', async ({ person, javaScript }) => {
  await person.signsInAt()
  const button = person.page.getByRole('button', { name: BUTTON })
  await expect(button).toBeVisible({ visible: javaScript })
  await walk(person, ASHA)
  await person.visits(`${person.world.url}/account`)
  await expect(person.page.getByText('Passkeys')).toBeVisible({ visible: javaScript })
  await person.visits(`${person.world.url}/account/passkeys`)
  await person.reads('You have no passkeys')
  await expect(person.page.getByRole('button', { name: 'Add a passkey' })).toBeVisible({ visible: javaScript })
})

test('somebody who comes back is offered a passkey beside their details, once', async ({ newPerson, javaScript }) => {
  const [first, person] = [await newPerson(), await newPerson()]
  await first.signsInAt()
  await walk(first, ASHA)
  await person.signsInAt()
  await walk(person, ASHA, 'your-details')
  const offer = person.page.getByRole('button', { name: 'Add a passkey' })
  await expect(offer).toBeVisible({ visible: javaScript })
  if (javaScript) {
    const device = await Device.of(person)
    await device.knowsTheFinger(false)
    await person.presses('Add a passkey')
    await person.isTold({ passkey: 'Your device did not make a passkey: try again' })
    await device.knowsTheFinger(true)
    await person.presses('Add a passkey')
    await person.reads('You have added a passkey')
    await expect(offer).toHaveCount(0)
  }
  await person.presses(/^Continue to /)
  await person.tokens()
})

test('a passkey is added, signs in with one touch, is renamed and removed, and then does not work', async ({ person, javaScript }) => {
  test.skip(!javaScript, 'without JavaScript there are no passkeys')
  const device = await Device.of(person)
  await signsInToPasskeys(person)
  await person.fills({ name: '' })
  await person.presses('Add a passkey')
  await person.isTold({ name: 'Enter a name for the passkey' })
  expect(await device.passkeys()).toBe(0)
  await person.answers({ name: 'Work laptop' }, 'Add a passkey')
  await person.reads('You have added a passkey')
  expect(await device.passkeys()).toBe(1)
  await person.signsInAt()
  const before = (await person.tokens()).claims
  await person.visits(`${person.world.url}/account/sign-out`)
  await person.presses('Sign out')

  await person.signsInAt()
  await person.presses(BUTTON)
  person.isOn('your-details')
  await person.presses(/^Continue to /)
  expect((await person.tokens()).claims).toMatchObject({ sub: before.sub, trn: '1000001', acr: 'phr', amr: ['pop', 'user'] })

  await person.visits(`${person.world.url}/account/passkeys`)
  await person.reads('Last used on')
  await person.follows('Rename Work laptop')
  await person.answers({ name: 'Old laptop' }, 'Save')
  await person.reads('You have renamed the passkey')
  await person.follows('Remove Old laptop')
  await person.presses('Remove the passkey')
  await person.reads('You have no passkeys')
  await person.visits(`${person.world.url}/account/sign-out`)
  await person.presses('Sign out')

  await person.signsInAt()
  await person.presses(BUTTON)
  await person.isTold({ passkey: 'We do not know this passkey: enter your email address to get a code instead' })
  await person.answers(ASHA.email)
  person.isOn('email-code')
})
