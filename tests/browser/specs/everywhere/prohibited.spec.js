// A service that keeps out people with an open prohibition gets no code for them, whatever they do.
import { VICTOR, walk } from '../../support/personas.js'
import { expect, test } from '../../support/test.js'

test('Victor is kept out where the service blocks, before and after he has an account', async ({ person, newService }) => {
  const [strict, lenient] = [await newService('blocking', { block_prohibited: true }), await newService('lenient')]
  await strict.sends(person)
  await walk(person, VICTOR, 'finished')
  await person.reads('You cannot use this service')
  await person.follows('Back to The service blocking')
  expect(strict.refusal).toBe('access_denied')

  await lenient.sends(person)
  expect(await walk(person, VICTOR), 'nothing was kept of him').toContain('official-name')
  const { claims } = await lenient.told()
  expect(claims).toMatchObject({ trn: '1000009', trn_lookup_status: 'Found' })

  await strict.sends(person)
  await person.reads('You cannot use this service')
  await person.follows('Back to The service blocking')
  expect(strict.answered, 'he goes back without an answer').toBeUndefined()
  await strict.sends(person, { prompt: 'none' })
  expect(strict.refusal).toBe('access_denied')
  await lenient.sends(person)
  expect((await lenient.told()).claims.sub, 'he stays signed in elsewhere').toBe(claims.sub)
})
