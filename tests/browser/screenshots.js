// Takes pictures of the pages into a directory: NAME-1280.png and NAME-320.png.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import { chromium } from '@playwright/test'

import config from './playwright.config.js'
import { Person } from './support/person.js'
import { MORGAN, PRIYA, walk } from './support/personas.js'
import makeTemplate from './support/template.js'
import { World } from './support/world.js'

const directory = process.argv[2]
const widths = { 1280: 800, 320: 640 }

const removeTemplate = await makeTemplate()
const world = await World.start()
const browser = await chromium.launch(config.use.launchOptions)
try {
  await mkdir(directory, { recursive: true })
  for (const [width, height] of Object.entries(widths)) await pictures(Number(width), height)
} finally {
  await browser.close()
  await world.ends()
  await removeTemplate()
}

async function pictures(width, height) {
  const context = await browser.newContext({ viewport: { width, height } })
  const person = await Person.at(await context.newPage(), world, true)
  const picture = (name) => person.page.screenshot({ path: join(directory, `${name}-${width}.png`), fullPage: true })
  // Each width has people of its own, whom nobody knows yet.
  const persona = { ...PRIYA, email: { email: `priya.dsouza.${width}@example.org` }, provider: { provider: '' } }

  await person.visits(world.demoUrl)
  await picture('demo-start')
  await person.signsInAt()
  for (const page of ['email', 'email-code', 'official-name', 'date-of-birth', 'has-nino', 'provider']) {
    await walk(person, persona, page)
    await picture(page)
    if (page === 'official-name') {
      await person.presses('Continue')
      await picture('official-name-errors')
    }
  }
  await person.page.locator('[name=provider]').pressSequentially('university of')
  await person.page.getByRole('option').first().waitFor()
  await picture('provider-suggestions')
  await person.page.keyboard.press('Escape')
  await person.presses('I don’t know it')
  await picture('check-answers')
  await person.presses('Continue')
  await picture('demo-signed-in')
  await person.goesBack()
  await picture('finished')
  await person.visits(`${world.url}/dev/outbox`)
  await picture('outbox')

  await context.clearCookies()
  await person.signsInAt('demo-trn-required')
  await walk(person, { ...MORGAN, email: { email: `morgan.${width}@example.com` } }, 'finished')
  await picture('without-trn')
  await context.close()
}
