// GOV.UK One Login instead of an address, a name and a date of birth.
import { ASHA, expect, signsInThereAs, test } from '../../support/one-login.js'

test('who proves there who they are is asked for nothing that is known then, and matched', async ({ person }) => {
  await person.signsInAt()
  await signsInThereAs(person, ASHA)
  person.isOn('mobile')
  await person.givesAMobile()
  person.isOn('preferred-name')
  await person.answers({ preferred_name: 'Asha' })
  person.isOn('check-answers')
  await person.reads('Asha Chidinma Okonkwo-Bennett (from GOV.UK One Login)')
  await person.reads('12 April 1987 (from GOV.UK One Login)')
  await expect(person.page.getByRole('link', { name: 'Change name' })).toHaveCount(0)
  await person.presses('Continue')
  await person.goesOnWithTheNewAccount()
  await person.reads('1000001')
})

test('who changes their mind there is back where they were, and goes on with a code', async ({ person }) => {
  await person.signsInAt()
  await person.presses('Sign in with GOV.UK One Login')
  await person.presses('Do not sign in')
  person.isOn('email')
  await person.reads('You did not sign in with GOV.UK One Login')
  await person.answers({ email: 'asha.okonkwo-bennett@example.com' })
  await person.typesTheCode()
  person.isOn('mobile')
})
