// The process may die at any moment: the person goes on where they were, and nothing happens twice.
import { PRIYA, step, walk } from '../support/personas.js'
import { expect, test } from '../support/test.js'

test('killed at every page, the service shows the same page again when it is back', async ({ person, world }) => {
  test.setTimeout(120_000)
  await person.signsInAt()
  const way = []
  while (person.page.url().includes('/sign-in/')) {
    const { path } = person
    way.push(path)
    await world.isKilled()
    await world.startsAgain()
    await person.reloads()
    person.isOn(path)
    await step(person, PRIYA)
  }
  expect(way).toHaveLength(14)
  expect((await person.tokens()).claims).toMatchObject({ trn: '1000008', trn_lookup_status: 'Found' })
  const sent = (await world.outbox(PRIYA.email.email)).map((message) => message.template)
  expect(sent).toEqual(['trn-told', 'one-time-code'])
})

test('killed while it takes an answer, the service has all of the answer or nothing of it', async ({ person, world }) => {
  test.setTimeout(120_000)
  await person.signsInAt()
  const { journey } = person
  const priya = { ...PRIYA, mobile: '07700 900123' }
  person.mobile = '+447700900123'
  const way = ['email', 'email-code', 'mobile', 'mobile-code', 'official-name', 'preferred-name', 'date-of-birth', 'has-nino']
  for (const [at, path] of way.entries()) {
    person.isOn(path)
    if (path === 'email-code') await person.fills({ one_time_code: await person.code(PRIYA.email.email) })
    else if (path === 'mobile-code') await person.fills({ one_time_code: await person.code(person.mobile) })
    else if (path === 'mobile') await person.fills({ mobile: priya.mobile })
    else await person.fills(priya[path])
    const sent = person.page.getByRole('button', { name: 'Continue', exact: true }).click({ noWaitAfter: true })
    await new Promise((resolve) => setTimeout(resolve, 3 * at))
    await Promise.all([world.isKilled(), sent])
    await world.startsAgain()
    await person.visits(journey)
    expect([path, way[at + 1] ?? 'has-trn']).toContain(person.path)
    if (person.path === path) await step(person, priya)
  }
  await walk(person, priya)
  expect((await person.tokens()).claims).toMatchObject({ trn: '1000008', trn_lookup_status: 'Found' })
})

test('somebody who was signed in stays so', async ({ person, world }) => {
  await person.signsInAt()
  await walk(person, PRIYA)
  const { claims } = await person.tokens()
  await world.isKilled()
  await world.startsAgain()
  await person.signsInAt('demo-no-trn')
  expect((await person.tokens()).claims).toMatchObject({ sub: claims.sub, auth_time: claims.auth_time })
})
