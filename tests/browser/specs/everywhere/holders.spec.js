// The record belongs to an account already: its owner proves that address too, and chooses which one to keep.
import { GARETH, walk } from '../../support/personas.js'
import { expect, test } from '../../support/test.js'

const at = (email) => ({ ...GARETH, email: { email } })

test('who proves the address of the account that holds the record chooses either address', async ({ newPerson, world }) => {
  const [first, second, third] = [await newPerson(), await newPerson(), await newPerson()]
  await first.signsInAt()
  await walk(first, GARETH)
  const { sub } = (await first.tokens()).claims

  await second.signsInAt()
  await walk(second, at('gareth@example.net'), 'record-holder-code')
  await second.reads('You already have an account')
  await second.reads('g****@****.com')
  expect(await second.page.content()).not.toContain(GARETH.email.email)
  const wrong = (await second.code(GARETH.email.email)) === '111111' ? '222222' : '111111'
  await second.answers({ one_time_code: wrong })
  await second.isTold({
    one_time_code: 'The code is not the one that we sent for this page: check it, or get a new code'
  })
  expect(await second.page.content()).not.toContain(GARETH.email.email)
  await second.presses('Send a new code')
  await second.typesTheCode(GARETH.email.email)
  second.isOn('choose-email')
  await second.presses('Continue')
  await second.isTold({ keep_email: 'Select the email address that you want to use' })
  await second.answers({ keep_email: 'proved' })
  expect((await second.tokens()).userinfo).toMatchObject({ sub, email: 'gareth@example.net', trn: '1000002' })
  expect((await world.outbox(GARETH.email.email))[0].template).toBe('account-claimed')

  await third.signsInAt()
  await walk(third, at('gareth@example.org'), 'record-holder-code')
  await third.reads('g****@****.net')
  await third.typesTheCode('gareth@example.net')
  await third.answers({ keep_email: 'held' })
  expect((await third.tokens()).userinfo).toMatchObject({ sub, email: 'gareth@example.net' })
})

test('who cannot get emails at that address asks for help, and goes with a reference number', async ({
  newPerson,
  newService
}) => {
  const [holder, other] = [await newPerson(), await newPerson()]
  const service = await newService('cannot-get-email')
  await holder.signsInAt()
  await walk(holder, GARETH)
  await service.sends(other)
  await walk(other, at('gareth@example.net'), 'record-holder-code')
  await other.follows('I cannot get emails at that address')
  await other.follows('Back')
  other.isOn('record-holder-code')
  await other.follows('I cannot get emails at that address')
  await other.presses('Ask for help')
  other.isOn('finished')
  await other.reads(/GAI-[A-Z0-9]{4}-[A-Z0-9]{4}/)
  await other.follows('Back to The service cannot-get-email')
  expect(service.refusal).toBe('access_denied')
  await service.sends(other, { prompt: 'none' })
  expect(service.refusal, 'nobody was signed in').toBe('login_required')
})
