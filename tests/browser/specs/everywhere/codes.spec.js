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
  person.isOn('official-name')
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
  person.isOn('official-name')
})
