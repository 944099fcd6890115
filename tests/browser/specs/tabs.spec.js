// Whose journey it is, and in which tab.
import { ASHA, GARETH, step, walk } from '../support/personas.js'
import { expect, test } from '../support/test.js'

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
  await person.reads('You have created your account')
})
