// One-time codes: typed in any shape, good for one address and one journey, until there is a newer one or they expire.
import { expect, test } from '../support/test.js'

const email = 'sam@example.com'
const NOT_THE_ONE = 'The code is not the one that we sent for this page: check it, or get a new code'

test('spaces and hyphens in a code do not count', async ({ person }) => {
  await person.signsInAt()
  await person.answers({ email })
  await person.reads(email)
  const code = await person.code()
  await person.answers({ one_time_code: ` ${code.slice(0, 3)}-${code.slice(3)} ` })
  person.isOn('mobile')
})

test('a new code to the same address takes the place of the old one', async ({ person }) => {
  await person.signsInAt()
  await person.answers({ email })
  const old = await person.code()
  await person.follows('I have not received a code, or the address is wrong')
  await person.presses('Send a new code')
  expect(await person.world.outbox(email)).toHaveLength(2)
  const fresh = await person.code()
  if (fresh !== old) {
    await person.answers({ one_time_code: old })
    await person.isTold({ one_time_code: NOT_THE_ONE })
  }
  await person.answers({ one_time_code: fresh })
  person.isOn('mobile')
})

test('a code is good for the journey that asked for it, and for no other', async ({ person, newPerson }) => {
  const other = await newPerson()
  await person.signsInAt()
  await person.answers({ email })
  const code = await person.code()
  await other.signsInAt()
  await other.answers({ email: 'other@example.com' })
  if (code !== (await other.code())) {
    await other.answers({ one_time_code: code })
    await other.isTold({ one_time_code: NOT_THE_ONE })
  }
  await person.answers({ one_time_code: code })
  person.isOn('mobile')
})

test.describe('with short-lived codes', () => {
  test.use({ settings: { GAI__ONE_TIME_CODES__LIFETIME: '1m' } })

  test('an expired code is replaced by a new one, and the page says so', async ({ person }) => {
    test.setTimeout(120_000)
    await person.signsInAt()
    await person.answers({ email })
    await person.reads('The code works for 1 minute')
    await new Promise((resolve) => setTimeout(resolve, 60_500))
    await person.typesTheCode()
    await person.isTold({ one_time_code: 'The code has expired: we have sent you a new one' })
    expect(await person.world.outbox(email)).toHaveLength(2)
    await person.typesTheCode()
    person.isOn('mobile')
  })
})

test.describe('with small budgets', () => {
  test.use({
    settings: { GAI__CODE_BUDGETS__SEND_PER_JOURNEY: '2 in 1h', GAI__CODE_BUDGETS__TRY_PER_JOURNEY: '1 in 1h' }
  })

  test('who asks for too many codes, or tries too many, is told when to go on', async ({ person }) => {
    await person.signsInAt()
    await person.answers({ email })
    await person.follows('I have not received a code, or the address is wrong')
    await person.presses('Send a new code')
    await person.follows('I have not received a code, or the address is wrong')
    await person.presses('Send a new code')
    await person.reads(/You can get a new code in\s+\d+ minutes/)
    await person.follows('I have a code already')
    await person.answers({ one_time_code: (await person.code()) === '111111' ? '222222' : '111111' })
    await person.isTold({ one_time_code: NOT_THE_ONE })
    await person.typesTheCode()
    await person.reads(/You can\s+enter a code in \d+ minutes/)
    await person.follows('Enter a code')
    person.isOn('email-code')
  })
})
