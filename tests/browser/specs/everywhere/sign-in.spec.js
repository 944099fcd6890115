// The main job: a relying service sends a teacher here, and is told who they are and what their TRN is.
import { ASHA, GARETH, MORGAN, walk } from '../../support/personas.js'
import { expect, test } from '../../support/test.js'

test('Asha is matched on name, date of birth and email, with no further question', async ({ person }) => {
  await person.signsInAt()
  const way = await walk(person, ASHA)
  expect(way).toEqual(['email', 'email-code', 'mobile', 'official-name', 'preferred-name', 'date-of-birth', 'check-answers'])
  const { claims, userinfo } = await person.tokens()
  expect(claims).toMatchObject({ trn: '1000001', trn_lookup_status: 'Found' })
  const more = { email: ASHA.email.email, email_verified: true, given_name: 'Asha', birthdate: '1987-04-12' }
  expect(userinfo).toMatchObject({ sub: claims.sub, trn: '1000001', trn_lookup_status: 'Found', ...more })
})

test('Gareth is matched only after the NINO', async ({ person }) => {
  await person.signsInAt()
  const way = await walk(person, GARETH)
  expect(way.slice(-3)).toEqual(['has-nino', 'nino', 'check-answers'])
  const { claims, userinfo } = await person.tokens()
  expect(claims).toMatchObject({ trn: '1000002', trn_lookup_status: 'Found' })
  expect(userinfo).toMatchObject({ preferred_name: 'Gaz' })
})

test('Morgan is not matched at all, and goes on without a TRN', async ({ person }) => {
  await person.signsInAt()
  const way = await walk(person, MORGAN)
  expect(way.slice(-5)).toEqual(['has-nino', 'nino', 'has-trn', 'has-qts', 'check-answers'])
  const { claims } = await person.tokens()
  expect(claims.trn_lookup_status).toBe('None')
  expect(claims).not.toHaveProperty('trn')
})

test('Morgan is told why a service that needs a TRN does not let people in without one', async ({ person }) => {
  await person.signsInAt('demo-trn-required')
  await walk(person, MORGAN, 'finished')
  await person.reads('You cannot use this service')
  await person.reads('is only for people with a teacher reference number (TRN)')
  await person.follows('Back to Demo: TRN required')
  await person.reads('access_denied')
})

test('somebody who comes back types the email and the code, sees their details, and nothing else', async ({ newPerson }) => {
  const [first, again] = [await newPerson(), await newPerson()]
  await first.signsInAt()
  await walk(first, ASHA)
  await again.signsInAt()
  expect(await walk(again, ASHA)).toEqual(['email', 'email-code', 'your-details'])
  const [then, now] = [await first.tokens(), await again.tokens()]
  expect(now.claims.sub).toBe(then.claims.sub)
  expect(now.claims).toMatchObject({ trn: '1000001', trn_lookup_status: 'Found' })
})
