// One-time codes: sent again, used up.
import { expect, test } from '../../support/test.js'

const email = 'sam@example.com'
const NOT_THE_ONE = 'The code is not the one that we sent for this page: check it, or get a new code'

/** A code that is not this one. */
function other(code) {
  return String((Number(code) + 1) % 1_000_000).padStart(6, '0')
}

test('a new code can be sent to a corrected address', async ({ person }) => {
  await person.signsInAt()
  await person.answers({ email: 'sam@exmaple.com' })
  await person.follows('I have not received a code, or the address is wrong')
  person.isOn('resend-email-code')
  await expect(person.page.locator('[name=email]')).toHaveValue('sam@exmaple.com')
  await person.answers({ email: '' }, 'Send a new code')
  await person.isTold({ email: 'Enter your email address' })
  await person.answers({ email }, 'Send a new code')
  person.isOn('email-code')
  await person.reads(email)
  await person.typesTheCode()
  person.isOn('mobile')
})

test('after five wrong codes even the right one is refused, and a new one helps', async ({ person }) => {
  await person.signsInAt()
  await person.answers({ email })
  const code = await person.code()
  for (let tries = 0; tries < 5; tries += 1) {
    await person.answers({ one_time_code: other(code) })
    await person.isTold({ one_time_code: NOT_THE_ONE })
  }
  await person.answers({ one_time_code: code })
  await person.reads('You have entered too many wrong codes')
  await person.presses('Send a new code')
  person.isOn('email-code')
  await person.typesTheCode()
  person.isOn('mobile')
})

test.describe('with small budgets', () => {
  test.use({ settings: { GAI__CODE_BUDGETS__SEND_PER_ADDRESS: '1 in 1h', GAI__CODE_BUDGETS__TRY_PER_ADDRESS: '1 in 1h' } })

  test('past a budget a page says when to try again, and the way on leads back to the code', async ({ person }) => {
    await person.signsInAt()
    await person.answers({ email })
    const code = await person.code()
    await person.answers({ one_time_code: other(code) })
    await person.isTold({ one_time_code: NOT_THE_ONE })
    await person.answers({ one_time_code: code })
    await person.reads('You cannot enter a code yet')
    await person.reads('in 60 minutes')
    await person.presses('Enter a code')
    person.isOn('email-code')
    await person.follows('I have not received a code, or the address is wrong')
    await person.answers({ email }, 'Send a new code')
    await person.reads('We cannot send you a code yet')
    await person.presses('Send a new code')
    person.isOn('email-code')
    await person.reads('We cannot send you a code yet')
    await person.follows('I have a code already')
    person.isOn('email-code')
    expect(await person.world.outbox(email)).toHaveLength(1)
  })
})
