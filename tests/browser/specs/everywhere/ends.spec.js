// Where a journey ends, or cannot be gone on with: no dead end, and no way to do anything twice.
import { ASHA, GARETH, walk } from '../../support/personas.js'
import { expect, test } from '../../support/test.js'

test('whoever goes back after the end is told so, and led on to the service', async ({ person, world }) => {
  await person.signsInAt()
  await walk(person, ASHA)
  await person.goesBack()
  await person.reads('You have finished signing in')
  await person.follows('Continue')
  expect(person.page.url()).toBe(`${world.demoUrl}/`)
})

test('a browser without our cookie cannot use the pages, and is led back to the service', async ({ person, world }) => {
  await person.signsInAt()
  await walk(person, ASHA, 'official-name')
  await person.page.context().clearCookies()
  await person.reloads()
  await person.reads('You cannot use this page')
  await person.follows('Start again from Demo: TRN optional')
  expect(person.page.url()).toBe(`${world.demoUrl}/`)
})

test('somebody else whose record has an account already proves that the account is theirs', async ({ newPerson }) => {
  const [first, again] = [await newPerson(), await newPerson()]
  await first.signsInAt()
  await walk(first, GARETH)
  await again.signsInAt()
  await walk(again, { ...GARETH, email: { email: 'gareth@example.net' } }, 'record-holder-code')
  await again.reads('You already have an account')
  expect(await again.page.content()).not.toContain(GARETH.email.email)
  await again.presses('Send a new code')
  await again.typesTheCode(GARETH.email.email)
  expect((await again.tokens()).claims.sub).toBe((await first.tokens()).claims.sub)
})
