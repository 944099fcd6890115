// The account pages: what somebody who is signed in sees of their account, and does with it.
import { ASHA, dateOfBirth, MORGAN, walk } from '../../support/personas.js'
import { expect, test } from '../../support/test.js'

/** Makes an account at the demo service, in the browser that stays signed in. */
async function isSignedIn(person, persona, client = 'demo-no-trn') {
  await person.signsInAt(client)
  await walk(person, persona)
}

const banner = (person) => person.page.locator('.govuk-notification-banner__heading')

test('who is not signed in proves an address and comes to their account', async ({ newPerson, world }) => {
  const [first, again] = [await newPerson(), await newPerson()]
  await isSignedIn(first, MORGAN)
  await again.visits(`${world.url}/account`)
  await walk(again, MORGAN, 'account')
  await again.reads('None of the services that you have used needed your teaching record')
  expect(await again.answersPlayedBack()).toMatchObject({ 'Email address': MORGAN.email.email })
})

test('somebody without a record changes each of their details', async ({ person, world }) => {
  await isSignedIn(person, MORGAN)
  await person.visits(`${world.url}/account`)
  await person.follows('Change preferred name')
  await person.answers({ preferred_name: '' }, 'Save')
  await person.isTold({ preferred_name: 'Enter the name that you would like us to use' })
  await person.follows('Back')
  person.isOn('account')
  await person.follows('Change preferred name')
  await person.answers({ preferred_name: 'Mo' }, 'Save')
  await expect(banner(person)).toHaveText('You have changed your preferred name')
  await person.follows('Change name')
  await person.answers({ last_name: 'Hill' }, 'Save')
  await expect(banner(person)).toHaveText('You have changed your name')
  await person.follows('Change date of birth')
  await person.answers(dateOfBirth('18', '8', '1991'), 'Save')
  await expect(banner(person)).toHaveText('You have changed your date of birth')
  await person.follows('Change email address')
  await person.answers({ email: 'morgan.hill@example.org' })
  person.isOn('change-email-code')
  await person.answers({ one_time_code: '12' })
  await person.isTold({ one_time_code: 'You have not entered enough digits: the code has 6' })
  await person.typesTheCode()
  await expect(banner(person)).toHaveText('You have changed your email address')
  expect(await person.answersPlayedBack()).toMatchObject({
    'Preferred name': 'Mo',
    'Email address': 'morgan.hill@example.org',
    'Date of birth': '18 August 1991'
  })
})

test('what the teaching record says is apart from the account, and has no link', async ({ person, world }) => {
  await isSignedIn(person, ASHA, 'demo-trn-optional')
  await person.visits(`${world.url}/account`)
  expect(await person.answersPlayedBack()).toMatchObject({ 'Teacher reference number (TRN)': '1000001' })
  await expect(person.link('Change name')).toHaveCount(0)
  await person.follows('Change email address')
  await person.answers(ASHA.email)
  await expect(banner(person)).toHaveText('Nothing has changed: your account already says this')
})

test('devices and services are listed, and another device is signed out', async ({ newPerson, world }) => {
  const [first, again] = [await newPerson(), await newPerson()]
  await isSignedIn(first, MORGAN)
  await again.visits(`${world.url}/account`)
  await walk(again, MORGAN, 'account')
  await again.follows('Services that you have used')
  await again.reads('Once, on')
  await again.follows('Back')
  await again.follows('Devices that you are signed in on')
  await again.reads('this device')
  await again.presses('Sign out on all other devices')
  await again.reads('You are not signed in anywhere else')
  await first.visits(`${world.url}/account`)
  first.isOn('email')
})

test('a service that links here is led back to, and told when the person has signed out', async ({ person, world }) => {
  await isSignedIn(person, MORGAN)
  const link = { client_id: 'demo-no-trn', redirect_uri: `${world.demoUrl}/`, sign_out_uri: `${world.demoUrl}/signed-out` }
  await person.visits(`${world.url}/account?${new URLSearchParams(link)}`)
  await person.follows('Change preferred name')
  await person.answers({ preferred_name: 'Mo' }, 'Save')
  await expect(person.page.getByRole('link', { name: /^Back to / })).toHaveAttribute('href', link.redirect_uri)
  await person.follows('Sign out')
  await person.presses('Sign out')
  expect(person.page.url()).toBe(link.sign_out_uri)
  await person.visits(`${world.url}/account?${new URLSearchParams({ ...link, redirect_uri: 'https://evil.example/' })}`)
  await person.reads('You cannot use this link')
})

test('who asks for their account to be deleted has to say so twice, and may change their mind', async ({
  person,
  world
}) => {
  await isSignedIn(person, MORGAN)
  await person.visits(`${world.url}/account/delete`)
  await person.presses('Ask for my account to be deleted')
  await person.isTold({ understood: 'Select the box to say that you understand' })
  await person.page.locator('#understood').check()
  await person.presses('Ask for my account to be deleted')
  await person.reads('You have asked us to delete your account')
  await person.presses('Keep my account')
  await person.reads('You cannot undo this')
})

test('who signs out at the account page is asked first, and told afterwards', async ({ person, world }) => {
  await isSignedIn(person, MORGAN)
  await person.visits(`${world.url}/account`)
  await person.follows('Sign out')
  await person.presses('Sign out')
  await person.reads('You have signed out')
  await person.follows('Sign in to your account again')
  person.isOn('email')
})
