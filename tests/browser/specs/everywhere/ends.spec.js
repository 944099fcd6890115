// Where a journey ends, or cannot be gone on with: no dead end, and no way to do anything twice.
import { ASHA, GARETH, step, walk } from '../../support/personas.js'
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

test('nobody can use the pages of another person’s journey', async ({ newPerson }) => {
  const [owner, other] = [await newPerson(), await newPerson()]
  await owner.signsInAt()
  await walk(owner, ASHA, 'check-answers')
  await other.signsInAt()
  await other.visits(owner.page.url())
  await other.reads('You cannot use this page')
  expect(await other.page.content()).not.toContain('Okonkwo')
})

test('an address of no journey says that it cannot be used', async ({ person, world }) => {
  for (const id of ['nothing', '00000000-0000-4000-8000-000000000000']) {
    await person.visits(`${world.url}/sign-in/${id}/email`)
    await person.reads('You cannot use this page')
  }
})

test('a page that is not reached yet leads to the one that waits', async ({ person }) => {
  await person.signsInAt()
  for (const path of ['check-answers', 'nino', 'email-code', 'finish', 'nothing', '']) {
    await person.visits(`${person.journey}/${path}`.replace(/\/$/, ''))
    person.isOn('email')
  }
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

test('two tabs of one browser go their own ways', async ({ person, newPerson }) => {
  await person.signsInAt()
  await walk(person, ASHA, 'official-name')
  const tab = await newPerson(person)
  await tab.signsInAt('demo-trn-required')
  await walk(tab, GARETH, 'nino')
  await step(person, ASHA)
  person.isOn('preferred-name')
  await walk(tab, GARETH)
  expect((await tab.tokens()).claims.trn).toBe('1000002')
  await walk(person, ASHA)
  expect((await person.tokens()).claims.trn).toBe('1000001')
})

test('two tabs of one journey see the same answers, and only one of them finishes it', async ({ person, newPerson }) => {
  await person.signsInAt()
  await walk(person, ASHA, 'preferred-name')
  const tab = await newPerson(person)
  await tab.visits(person.page.url())
  await tab.answers({ preferred_name: 'Ash' })
  tab.isOn('date-of-birth')
  await person.answers({ preferred_name: 'Asha O.' })
  person.isOn('date-of-birth')
  await walk(tab, ASHA, 'check-answers')
  await tab.reads('Asha O.')
  await person.reloads()
  await tab.presses('Continue')
  expect((await tab.tokens()).userinfo.preferred_name).toBe('Asha O.')
  await person.answers(ASHA['date-of-birth'])
  await person.reads('You have finished signing in')
})
