// What people say about their TRN, and what comes of it.
import { PRIYA, SAM, TOMASZ, walk } from '../../support/personas.js'
import { expect, test } from '../../support/test.js'

test('who states another TRN than the one of the record is told which it is, on a page and by email', async ({
  person,
  world
}) => {
  await person.signsInAt()
  await walk(person, { ...PRIYA, 'has-trn': { has_trn: 'yes' }, trn: { trn: '1000080' } }, 'your-trn')
  for (const text of ['We have found your TRN', '1000008', 'You told us 1000080']) await person.reads(text)
  await walk(person, PRIYA)
  expect((await person.tokens()).claims).toMatchObject({ trn: '1000008', trn_lookup_status: 'Found' })
  const [letter] = await world.outbox(PRIYA.email.email)
  expect(letter).toMatchObject({ template: 'trn-told', subject: 'Your teacher reference number (TRN)' })
  for (const trn of ['1000008', '1000080']) expect(letter.body).toContain(trn)
})

test('a TRN that was mistyped is put right on the page that plays the answers back', async ({ person }) => {
  await person.signsInAt()
  await walk(person, { ...TOMASZ, trn: { trn: 'RP10/00070' } }, 'no-match')
  expect(await person.answersPlayedBack()).toMatchObject({ Name: 'Tomasz Wojcik', TRN: '1000070' })
  await person.follows('Change TRN')
  await person.answers({ trn: '1000071' })
  person.isOn('no-match')
  expect(await person.answersPlayedBack()).toMatchObject({ TRN: '1000071' })
  await person.follows('Change TRN')
  await person.answers(TOMASZ.trn)
  person.isOn('check-answers')
  await walk(person, TOMASZ)
  expect((await person.tokens()).claims).toMatchObject({ trn: '1000007', trn_lookup_status: 'Found' })
})

test('who claims a TRN and is not found goes on without, and has a reference to ask after', async ({ person, world }) => {
  await person.signsInAt()
  await walk(person, SAM, 'no-match')
  await person.reads('We could not find your teaching record')
  await walk(person, SAM)
  const { claims } = await person.tokens()
  expect(claims.trn_lookup_status).toBe('Pending')
  expect(claims).not.toHaveProperty('trn')
  const [letter] = await world.outbox(SAM.email.email)
  expect(letter).toMatchObject({ template: 'ticket-raised', subject: 'We are looking for your teaching record' })
  expect(letter.body).toMatch(/\bGAI-[A-Z0-9]{4}-[A-Z0-9]{4}\b/)
})
