// A strict service wants a number to agree. Whoever was found without one is asked for both numbers, and nothing else.
import { ASHA, walk } from '../support/personas.js'
import { expect, test } from '../support/test.js'

const RIGHT = { ...ASHA, nino: { nino: 'YZ 10 00 01 A' }, trn: { trn: '1000001' } }
const WRONG = { ...ASHA, nino: { nino: 'YZ 99 99 99 D' }, trn: { trn: '1000002' } }
const ASKED = ['elevate', 'nino', 'trn']

test('wrong numbers leave a strict service without the TRN, and one that requires it without a code', async ({
  person,
  newService
}) => {
  const optional = await newService('strict-optional', { match_policy: 'strict' })
  const required = await newService('strict-required', { match_policy: 'strict', trn: 'required' })
  await person.signsInAt()
  await walk(person, ASHA)
  expect((await person.tokens()).claims).toMatchObject({ trn: '1000001', trn_match_level: 'Low' })

  await optional.sends(person)
  expect(await walk(person, WRONG), 'the session proves the address').toEqual([...ASKED, 'your-details'])
  expect((await optional.told()).claims).not.toHaveProperty('trn')

  await required.sends(person, { prompt: 'none' })
  expect(required.refusal).toBe('interaction_required')
  await required.sends(person)
  expect(await walk(person, WRONG, 'finished')).toEqual([...ASKED, 'your-details'])
  await person.reads('You need to contact support')
  await person.follows('Back to The service strict-required')
  expect(required.refusal).toBe('access_denied')

  await required.sends(person)
  expect(await walk(person, RIGHT)).toEqual([...ASKED, 'your-details'])
  expect((await required.told()).claims).toMatchObject({ trn: '1000001', trn_match_level: 'Medium' })
  await optional.sends(person)
  expect((await optional.told()).claims, 'nothing is asked twice').toMatchObject({ trn_match_level: 'Medium' })
})

test('somebody who comes back to a strict service proves the address, and is asked for the numbers only', async ({
  newPerson,
  newService
}) => {
  const [first, again] = [await newPerson(), await newPerson()]
  const service = await newService('strict', { match_policy: 'strict' })
  await first.signsInAt()
  await walk(first, ASHA)
  await service.sends(again)
  expect(await walk(again, RIGHT)).toEqual(['email', 'email-code', ...ASKED, 'your-details'])
  expect((await service.told()).claims).toMatchObject({ trn: '1000001', trn_match_level: 'Medium' })
})
