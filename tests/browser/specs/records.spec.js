// Records that there is something about: two of one person, no QTS date, merged, inactive, not known of, new.
import { ASHA, BEATRIZ, COLIN, DANIEL, FIONA, MORGAN, PRIYA, SAM, walk } from '../support/personas.js'
import { expect, test } from '../support/test.js'

test('Fiona has two records, and support decides', async ({ person, world }) => {
  await person.signsInAt()
  await walk(person, FIONA)
  const { claims } = await person.tokens()
  expect(claims.trn_lookup_status).toBe('Pending')
  expect(claims).not.toHaveProperty('trn')
  expect((await world.outbox(FIONA.email.email))[0].template).toBe('ticket-raised')
})

test('Beatriz is asked about QTS although three agree', async ({ person }) => {
  await person.signsInAt()
  const way = await walk(person, BEATRIZ)
  expect(way.slice(-5)).toEqual(['date-of-birth', 'has-qts', 'has-provider', 'provider', 'check-answers'])
  expect((await person.tokens()).claims).toMatchObject({ trn: '1000016', trn_lookup_status: 'Found' })
})

test('Daniel knows the TRN of a record that was merged, and is told the one that it became', async ({ person }) => {
  await person.signsInAt()
  await walk(person, DANIEL, 'your-trn')
  await person.reads('You told us 1000012')
  await walk(person, DANIEL)
  expect((await person.tokens()).claims).toMatchObject({ trn: '1000013', trn_lookup_status: 'Found' })
})

test('Colin is not matched with a record that is not active', async ({ person }) => {
  await person.signsInAt()
  expect(await walk(person, COLIN)).toContain('no-match')
  const { claims } = await person.tokens()
  expect(claims.trn_lookup_status).toBe('Pending')
  expect(claims).not.toHaveProperty('trn')
})

test('Priya says that she has no TRN, and is told that she does', async ({ person, world }) => {
  await person.signsInAt()
  await walk(person, PRIYA, 'your-trn')
  await person.reads('You told us that you do not have a teacher reference number (TRN)')
  await walk(person, PRIYA)
  expect((await world.outbox(PRIYA.email.email))[0].template).toBe('trn-told')
})

test('support links a record, the person is told, and the service gets the TRN', async ({ newPerson, world }) => {
  const [first, again] = [await newPerson(), await newPerson()]
  await first.signsInAt()
  await walk(first, SAM)
  const [reference] = (await world.outbox(SAM.email.email))[0].body.match(/GAI-[A-Z0-9]{4}-[A-Z0-9]{4}/)
  expect(world.runs(['tickets', 'list'])).toContain(reference)
  world.runs(['tickets', 'resolve', reference, '--trn', '1000007', '--by', 'Robin'])
  const [letter] = await world.outbox(SAM.email.email)
  expect(letter.template).toBe('record-found')
  expect(letter.body).toContain('1000007')

  await again.signsInAt('demo-trn-required')
  expect(await walk(again, SAM)).toEqual(['email', 'email-code', 'your-details'])
  const { claims } = await again.tokens()
  expect(claims).toMatchObject({ trn: '1000007', trn_lookup_status: 'Found', trn_match_level: 'Medium' })
})

test('a record that is imported later is linked at the next sign-in, quietly, and an email says so', async ({
  newPerson,
  world
}) => {
  const [first, again] = [await newPerson(), await newPerson()]
  await first.signsInAt()
  await walk(first, MORGAN)
  expect((await first.tokens()).claims.trn_lookup_status).toBe('None')
  const named = { given_name: 'Morgan', family_name: 'Newcombe', date_of_birth: '1991-08-17', nino: 'YZ999999D' }
  await world.importsRecords([{ trn: '2999999', ...named, portal_locked: 'false', active: 'true' }])

  await again.signsInAt()
  await walk(again, MORGAN, 'your-details')
  expect(await again.answersPlayedBack()).toMatchObject({ 'Teacher reference number (TRN)': '2999999' })
  await walk(again, MORGAN)
  expect((await again.tokens()).claims).toMatchObject({ trn: '2999999', trn_lookup_status: 'Found' })
  const [letter] = await world.outbox(MORGAN.email.email)
  expect(letter.template).toBe('record-found')
  expect(letter.body).toContain('2999999')
})

test('an account follows its record when that is merged into another, and an email says so', async ({
  newPerson,
  world
}) => {
  const [first, again] = [await newPerson(), await newPerson()]
  await first.signsInAt()
  await walk(first, ASHA)
  const born = { family_name: 'Okonkwo', date_of_birth: '1987-04-12', portal_locked: 'false' }
  await world.importsRecords([
    { trn: '2999998', given_name: 'Asha', ...born, active: 'true' },
    { trn: '1000001', given_name: 'Asha', ...born, active: 'false', merged_into: '2999998' }
  ])
  await again.signsInAt()
  await walk(again, ASHA)
  const { claims, userinfo } = await again.tokens()
  expect(claims).toMatchObject({ trn: '2999998', sub: (await first.tokens()).claims.sub })
  expect(userinfo.family_name).toBe('Okonkwo')
  const [letter] = await world.outbox(ASHA.email.email)
  expect(letter.template).toBe('record-replaced')
  for (const trn of ['1000001', '2999998']) expect(letter.body).toContain(trn)
})
