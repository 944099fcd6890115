// A service that requires a TRN gets no code without one, and the last page says why.
import { MORGAN, SAM, walk } from '../support/personas.js'
import { expect, test } from '../support/test.js'

const REFERENCE = /GAI-[A-Z0-9]{4}-[A-Z0-9]{4}/

test('who claims a TRN is told that we are looking, with the reference that the email has', async ({ person, newService }) => {
  const service = await newService('required', { trn: 'required' })
  await service.sends(person)
  await walk(person, SAM, 'finished')
  await person.reads('We are checking your details')
  const [letter] = await person.world.outbox(SAM.email.email)
  await person.reads(letter.body.match(REFERENCE)[0])
  await person.follows('Back to The service required')
  expect(service.refusal).toBe('access_denied')

  await service.sends(person)
  expect(await walk(person, SAM, 'finished'), 'no second search').not.toContain('official-name')
  await person.reads(letter.body.match(REFERENCE)[0])
})

test('who claims nothing and is not found is not eligible', async ({ person, newService }) => {
  const service = await newService('required', { trn: 'required' })
  await service.sends(person)
  await walk(person, MORGAN, 'finished')
  await person.reads('The service required is only for people with a teacher reference number (TRN)')
  await person.follows('Back to The service required')
  expect(service.refusal).toBe('access_denied')
})

test('where no ticket is raised, the person writes to support', async ({ person, newService, world }) => {
  const service = await newService('no-tickets', { trn: 'required', raise_tickets: false })
  await service.sends(person)
  await walk(person, SAM, 'finished')
  await person.reads('You need to contact support')
  expect(await person.page.locator('main').innerText()).not.toMatch(REFERENCE)
  expect(world.runs(['tickets', 'list'])).toContain('No ticket is open.')
  await person.follows('Back to The service no-tickets')
  expect(service.refusal).toBe('access_denied')
})
