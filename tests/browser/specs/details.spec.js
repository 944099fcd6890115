// What somebody without a teaching record changes of their details, and who is told.
import { ASHA, dateOfBirth, MORGAN, walk } from '../support/personas.js'
import { expect, test } from '../support/test.js'

const old = MORGAN.email.email
const NEW = 'morgan.hill@example.org'

const templates = async (world, email) => (await world.outbox(email)).map((message) => message.template)

test('somebody without a record changes name, date of birth and email, and both addresses are told', async ({
  newPerson,
  world
}) => {
  const [first, again, later] = [await newPerson(), await newPerson(), await newPerson()]
  await first.signsInAt()
  await walk(first, MORGAN)
  await again.signsInAt()
  await walk(again, MORGAN, 'your-details')
  expect(await again.answersPlayedBack()).toMatchObject({ 'Teacher reference number (TRN)': 'Not found yet' })
  await again.follows('Change name')
  await expect(again.page.locator('[name=first_name]')).toHaveValue('Morgan')
  await again.answers({ middle_name: 'Lee', last_name: 'Hill' }, 'Save')
  await again.follows('Change date of birth')
  await again.answers(dateOfBirth('18', '8', '1991'), 'Save')
  await again.follows('Change email address')
  await again.answers({ email: 'office@example.org' })
  await again.isTold({ email: 'Enter a personal email address, not a shared one, like name@example.com' })
  await again.answers({ email: NEW })
  again.isOn('change-email-code')
  await again.presses('Send a new code')
  await again.typesTheCode()
  expect(await again.answersPlayedBack()).toMatchObject({
    Name: 'Morgan Lee Hill',
    'Date of birth': '18 August 1991',
    'Email address': NEW
  })
  expect(await templates(world, old), 'nothing has changed yet').not.toContain('email-changed')
  await walk(again, MORGAN)
  const changed = { given_name: 'Morgan', middle_name: 'Lee', family_name: 'Hill', birthdate: '1991-08-18', email: NEW }
  expect((await again.tokens()).userinfo).toMatchObject(changed)
  expect((await world.outbox(old))[0]).toMatchObject({ template: 'email-changed', to: old })
  expect(await templates(world, NEW)).toEqual(expect.arrayContaining(['email-changed', 'details-changed']))

  await later.signsInAt()
  expect(await walk(later, { email: { email: NEW } })).toEqual(['email', 'email-code', 'your-details'])
  expect((await later.tokens()).claims.sub).toBe((await first.tokens()).claims.sub)
})

test('who wants the address of another account is told so, and nothing changes', async ({ newPerson, world }) => {
  const [asha, morgan] = [await newPerson(), await newPerson()]
  await asha.signsInAt('demo-no-trn')
  await walk(asha, ASHA)
  await morgan.signsInAt('demo-no-trn')
  await walk(morgan, MORGAN)
  await morgan.signsInAt('demo-no-trn', { prompt: 'login' })
  await walk(morgan, MORGAN, 'your-details')
  await morgan.follows('Change email address')
  await morgan.answers({ email: ASHA.email.email })
  await morgan.typesTheCode()
  morgan.isOn('email-taken')
  await morgan.reads(`You have an account with ${ASHA.email.email} already`)
  await morgan.presses('Continue')
  expect(await morgan.answersPlayedBack()).toMatchObject({ 'Email address': old })
  await walk(morgan, MORGAN)
  expect((await morgan.tokens()).userinfo.email).toBe(old)
  for (const email of [old, ASHA.email.email]) expect(await templates(world, email)).not.toContain('email-changed')
})
