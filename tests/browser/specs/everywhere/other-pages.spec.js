// Pages beside the journey: nobody is meant to come to most of them, and whoever does is not left alone.
import { ASHA, walk } from '../../support/personas.js'
import { expect, test } from '../../support/test.js'

test('the pages around the sign-in are in order', async ({ person, world }) => {
  await person.visits(world.demoUrl)
  await person.visits(`${world.url}/`)
  await person.visits(`${world.url}/nothing-here`)
  await person.visits(`${world.url}/oauth2/documentation`)
  await person.reads('Active: signs')
  await person.visits(`${world.url}/oauth2/authorize`)
  await person.signsInAt('demo-trn-optional', { prompt: 'none' })
  await person.reads('login_required')
})

test('who signs out here is asked first, and told afterwards', async ({ person, world }) => {
  await person.signsInAt()
  await walk(person, ASHA)
  await person.visits(`${world.url}/dev/outbox`)
  await person.reads(ASHA.email.email)
  await person.visits(`${world.url}/oauth2/end-session`)
  await person.presses('Sign out')
  await person.reads('You have signed out')
  expect(new URL(person.page.url()).origin).toBe(world.url)
})
