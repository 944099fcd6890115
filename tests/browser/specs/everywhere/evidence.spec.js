// Asking for another name or date of birth on the teaching record, with a document: on the account page and on the way to
// a service.
import { ASHA, dateOfBirth, JANE, walk } from '../../support/personas.js'
import { expect, test } from '../../support/test.js'

test.use({ settings: { GAI__EVIDENCE__KEEP_IN: 'directory' } })

const PDF = '%PDF-1.4\n%%EOF\n'
const banner = (person) => person.page.locator('.govuk-notification-banner__heading')

/** Sends a file with the form that the person is on. */
async function sends(person, name, content = PDF) {
  await person.choosesFile(name, content)
  await person.presses('Continue')
}

/** From the question for the new name to the last look. */
async function asksForAName(person, lastName) {
  await person.answers({ last_name: lastName })
  person.isOn('official-name-evidence')
  await sends(person, 'deed.pdf')
  await person.answers({ preferred_name: 'Asha Okonkwo-Bennett' })
  person.isOn('check-official-name')
}

test('a name on the teaching record is changed by support, who gets a document to compare', async ({ person, world }) => {
  await person.signsInAt()
  await walk(person, ASHA)
  await person.visits(`${world.url}/account`)
  await person.follows('Change name')
  await person.answers({ first_name: '', last_name: 'Bennett' })
  await person.isTold({ first_name: 'Enter your first name' })
  await person.answers({ first_name: 'Asha', middle_name: 'Chidinma' })
  await person.reads('Asha Chidinma Bennett')
  await person.presses('Continue')
  await person.isTold({ evidence: 'Select a file that shows your new details' })
  await sends(person, 'deed.pdf', '<html>')
  await person.isTold({ evidence: 'The selected file must be a PDF, JPEG or PNG' })
  await sends(person, 'deed.pdf', Buffer.alloc(4 * 1024 * 1024, 32))
  await person.isTold({ evidence: 'The selected file must be 3 MB or smaller' })
  await sends(person, 'deed.pdf')
  await person.presses('Continue')
  await person.isTold({ preferred_name: 'Select what we should call you' })
  await person.answers({ preferred_name: 'Asha Bennett' })
  expect(await person.answersPlayedBack()).toEqual({
    'New official name': 'Asha Chidinma Bennett',
    Document: 'deed.pdf'
  })
  await person.follows('Change document')
  await person.reads('You have uploaded deed.pdf')
  await sends(person, 'the same deed.pdf')
  person.isOn('check-official-name')
  await person.presses('Confirm and continue')
  await expect(banner(person)).toContainText('You have asked us to change your teaching record. Your reference is GAI-')
  const rows = await person.answersPlayedBack()
  expect(rows['New official name']).toMatch(/^You asked us to change this on/)
  expect(rows['Preferred name']).toBe('Asha Bennett')
  await expect(person.link('Change name')).toHaveCount(0)

  const [reference] = (await banner(person).innerText()).match(/GAI-\w+-\w+/)
  expect(world.runs(['changes', 'show', reference])).toContain('the same deed.pdf')
  await person.presses('Withdraw the change of your official name')
  await expect(person.link('Change name')).toHaveCount(1)
})

test('who sees their details on the way to a service asks there, and goes on while it is looked at', async ({ newPerson }) => {
  const [first, again] = [await newPerson(), await newPerson()]
  await first.signsInAt()
  await walk(first, ASHA)
  await again.signsInAt()
  await walk(again, ASHA, 'your-details')
  await again.follows('Change name')
  await asksForAName(again, 'Bennett')
  await again.goesBack()
  await again.goesBack()
  await again.reads('You have uploaded deed.pdf')
  await again.presses('Continue')
  await again.presses('Confirm and continue')
  again.isOn('your-details')
  expect(await again.answersPlayedBack()).toMatchObject({ 'New official name': 'Asha Chidinma Bennett' })
  await again.follows('Change date of birth')
  await again.answers(dateOfBirth('13', '4', '1987'))
  await again.presses('Continue without changing my date of birth')
  again.isOn('your-details')
  await again.presses(/^Continue to /)
  expect((await again.tokens()).userinfo).toMatchObject({ family_name: 'Okonkwo-Bennett' })
  await again.visits(`${again.world.url}/account`)
  expect((await again.answersPlayedBack())['New official name']).toMatch(/^You asked us to change this on/)
})

test('of two tabs that ask for the same, the second is told that we know', async ({ newPerson }) => {
  const person = await newPerson()
  await person.signsInAt()
  await walk(person, ASHA)
  const tab = await newPerson(person)
  for (const each of [person, tab]) {
    await each.visits(`${each.world.url}/account`)
    await each.follows('Change name')
    await asksForAName(each, 'Bennett')
  }
  await person.presses('Confirm and continue')
  await tab.presses('Confirm and continue')
  await expect(banner(tab)).toHaveText('We are already checking a change like this, and have not sent another')
})

test('a newcomer whose record has another name sees both, and may ask for theirs', async ({ person }) => {
  await person.signsInAt()
  await walk(person, JANE, 'record-differs')
  expect(await person.answersPlayedBack()).toEqual({
    'Name that you gave us': 'Jane Smith',
    'Name on your teaching record': 'Jane Louise Taylor'
  })
  await person.follows('Ask us to change the name on your teaching record')
  await person.presses('Continue')
  person.isOn('official-name-evidence')
  await sends(person, 'decree.pdf')
  await person.presses('Confirm and continue')
  person.isOn('record-differs')
  await person.presses('Continue')
  expect((await person.tokens()).claims).toMatchObject({ trn: '1000004' })
})
