// Somebody we know sees what we hold about them, and changes what is theirs to change.
import { ASHA, walk } from '../../support/personas.js'
import { expect, test } from '../../support/test.js'

test('somebody who comes back sees their details, and the service gets the preferred name that they change', async ({
  newPerson
}) => {
  const [first, again] = [await newPerson(), await newPerson()]
  await first.signsInAt()
  await walk(first, ASHA)
  await again.signsInAt()
  await walk(again, ASHA, 'your-details')
  expect(await again.answersPlayedBack()).toEqual({
    Name: 'Asha Chidinma Okonkwo-Bennett',
    'Preferred name': 'Asha Okonkwo-Bennett',
    'Date of birth': '12 April 1987',
    'Email address': ASHA.email.email,
    'Mobile number': 'None',
    'Teacher reference number (TRN)': '1000001'
  })
  await again.reads('come from your teaching record')
  await expect(again.link('Change name')).toHaveCount(0)

  await again.follows('Change preferred name')
  await again.answers({ preferred_name: '' }, 'Save')
  await again.isTold({ preferred_name: 'Enter the name that you would like us to use' })
  await again.follows('Back')
  again.isOn('your-details')
  await again.follows('Change preferred name')
  await again.answers({ preferred_name: 'Ash' }, 'Save')
  expect(await again.answersPlayedBack()).toMatchObject({ 'Preferred name': 'Ash' })
  await walk(again, ASHA)
  const { claims, userinfo } = await again.tokens()
  expect(userinfo).toMatchObject({ sub: claims.sub, preferred_name: 'Ash', family_name: 'Okonkwo-Bennett' })
})
