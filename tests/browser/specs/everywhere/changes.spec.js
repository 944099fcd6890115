// Answers can be changed: from the page that plays them back, and by going back.
import { MORGAN, PRIYA, step, walk } from '../../support/personas.js'
import { expect, test } from '../../support/test.js'

test('a changed answer leads straight back, and new questions come in between', async ({ person }) => {
  await person.signsInAt()
  await walk(person, MORGAN, 'check-answers')
  await person.follows('Change name')
  await expect(person.page.locator('[name=first_name]')).toHaveValue('Morgan')
  await person.answers({ first_name: 'Morgana' })
  person.isOn('check-answers')
  expect(await person.answersPlayedBack()).toMatchObject({ Name: 'Morgana Newcombe' })

  await person.follows('Change whether you have been awarded QTS')
  await person.answers({ has_qts: 'yes' })
  person.isOn('has-provider')
  await person.answers({ has_provider: 'no' })
  person.isOn('no-match')
})

test('“Back” leads to each page before, as it was answered', async ({ person }) => {
  await person.signsInAt()
  const way = await walk(person, PRIYA, 'check-answers')
  const questions = way.filter((path) => path !== 'email-code').reverse()
  for (const path of questions) {
    await person.follows('Back')
    person.isOn(path)
  }
  await expect(person.page.locator('[name=email]')).toHaveValue(PRIYA.email.email)
  await expect(person.page.getByRole('link', { name: 'Back', exact: true })).toHaveCount(0)
  await step(person, PRIYA)
  person.isOn('check-answers')
})
