// Where a journey ends, or cannot be gone on with: no dead end, and no way to do anything twice.
import { ASHA, walk } from '../../support/personas.js'
import { expect, test } from '../../support/test.js'

test('whoever goes back after the end is told so, and led on to the service', async ({ person, world }) => {
  await person.signsInAt()
  await walk(person, ASHA)
  await person.goesBack()
  await person.reads('You have created your account')
  await person.follows('Continue to Demo: TRN optional')
  expect(person.page.url()).toBe(`${world.demoUrl}/`)
})

test('a browser without our cookie cannot use the pages, and is led back to the service', async ({ person, world }) => {
  await person.signsInAt()
  await walk(person, ASHA, 'official-name')
  await person.page.context().clearCookies()
  await person.reloads()
  await person.reads('You cannot use this page')
  await person.follows('Start again from Demo: TRN optional')
  expect(person.page.url()).toBe(`${world.demoUrl}/`)
})
