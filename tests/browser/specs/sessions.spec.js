// One proof signs a person in to several services, until they sign out or a service wants to see them again.
import { ASHA, MORGAN, walk } from '../support/personas.js'
import { expect, test } from '../support/test.js'

test('the second service signs the person in without a question', async ({ person }) => {
  await person.signsInAt('demo-trn-optional')
  await walk(person, ASHA)
  const first = (await person.tokens()).claims
  await person.signsInAt('demo-trn-required')
  const second = (await person.tokens()).claims
  expect(second).toMatchObject({ aud: 'demo-trn-required', sub: first.sub, auth_time: first.auth_time, trn: '1000001' })
})

test('a service that may not know the TRN is not told it', async ({ person }) => {
  await person.signsInAt('demo-trn-optional')
  await walk(person, ASHA)
  await person.signsInAt('demo-no-trn')
  const { claims, userinfo } = await person.tokens()
  for (const told of [claims, userinfo]) {
    expect(told).not.toHaveProperty('trn')
    expect(told).not.toHaveProperty('trn_lookup_status')
  }
})

test('somebody without a TRN is not signed in to a service that needs one', async ({ person }) => {
  await person.signsInAt('demo-trn-optional')
  await walk(person, MORGAN)
  await person.signsInAt('demo-trn-required', { prompt: 'none' })
  await person.reads('interaction_required')
  await person.signsInAt('demo-trn-required')
  expect(await walk(person, MORGAN, 'finished')).toEqual(['your-details'])
  await person.reads('You cannot use this service')
})

test('the first service that wants the record of somebody we know has it looked for', async ({ person }) => {
  await person.signsInAt('demo-no-trn')
  await walk(person, ASHA)
  await person.signsInAt('demo-trn-optional')
  expect(await walk(person, ASHA)).toEqual(['your-details'])
  expect((await person.tokens()).claims.trn).toBe('1000001')
})

test('prompt=login asks for a new code, and prompt=none for nothing', async ({ person }) => {
  await person.signsInAt('demo-trn-optional', { prompt: 'none' })
  await person.reads('login_required')
  await person.signsInAt('demo-trn-optional')
  await walk(person, ASHA)
  const first = (await person.tokens()).claims
  await person.signsInAt('demo-trn-optional', { prompt: 'none' })
  expect((await person.tokens()).claims.auth_time).toBe(first.auth_time)
  await person.signsInAt('demo-trn-optional', { prompt: 'login' })
  expect(await walk(person, ASHA)).toEqual(['email', 'email-code', 'your-details'])
  expect((await person.tokens()).claims.auth_time).toBeGreaterThan(first.auth_time)
})

test('who signs out at a service is signed out here, and brought back', async ({ person, world }) => {
  await person.signsInAt()
  await walk(person, ASHA)
  await person.follows('Sign out')
  expect(person.page.url()).toContain(`${world.demoUrl}/signed-out`)
  await person.reads('You are signed out here and at the provider.')
  await person.signsInAt()
  person.isOn('email')
})

test('nobody is signed out by a link alone', async ({ person, world }) => {
  await person.signsInAt()
  await walk(person, ASHA)
  await person.visits(`${world.url}/oauth2/end-session`)
  await person.signsInAt('demo-no-trn', { prompt: 'none' })
  await person.tokens()
  await person.visits(`${world.url}/oauth2/end-session`)
  await person.presses('Sign out')
  await person.signsInAt('demo-no-trn', { prompt: 'none' })
  await person.reads('login_required')
})

test('login_hint fills the address in, and it still has to be proved', async ({ person }) => {
  await person.signsInAt('demo-trn-optional', { login_hint: ASHA.email.email })
  await expect(person.page.locator('[name=email]')).toHaveValue(ASHA.email.email)
  await person.presses('Continue')
  person.isOn('email-code')
})
