// Takes pictures of the pages into a directory: NAME-1280.png and NAME-320.png. Of all of them, or of those that the
// functions take which are named after it.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import { chromium } from '@playwright/test'

import config from './playwright.config.js'
import { Person } from './support/person.js'
import { ASHA, JANE, MORGAN, PRIYA, SAM, VICTOR, walk } from './support/personas.js'
import { RelyingService } from './support/relying-service.js'
import makeTemplate from './support/template.js'
import { World } from './support/world.js'

const [directory, ...wanted] = process.argv.slice(2)
const isWanted = (take) => wanted.length === 0 || wanted.includes(take.name)
const widths = { 1280: 800, 320: 640 }
const FEW = { GAI__CODE_BUDGETS__SEND_PER_JOURNEY: '1 in 1h', GAI__CODE_BUDGETS__TRY_PER_JOURNEY: '1 in 1h' }
const WRONG = { one_time_code: '000000' }

const removeTemplate = await makeTemplate()
const browser = await chromium.launch(config.use.launchOptions)
try {
  await mkdir(directory, { recursive: true })
  for (const [width, height] of Object.entries(widths)) {
    const viewport = { width: Number(width), height }
    const takes = [newcomers, comingBack, accounts, duplicates, holders, mailboxes, lastPages]
    for (const take of takes.filter(isWanted)) await inAWorld(take, viewport)
    if (isWanted(evidence)) await inAWorld(evidence, viewport, { GAI__EVIDENCE__KEEP_IN: 'directory' })
    if (isWanted(budgets)) await inAWorld(budgets, viewport, FEW)
  }
} finally {
  await browser.close()
  await removeTemplate()
}

/** What those who take pictures work with. @typedef {Awaited<ReturnType<typeof photographer>>} Photographer */

async function inAWorld(take, viewport, settings = {}) {
  const world = await World.start(settings)
  try {
    await take(photographer(world, viewport))
  } finally {
    await world.ends()
  }
}

function photographer(world, viewport) {
  const takes = (person, name = person.path) =>
    person.page.screenshot({ path: join(directory, `${name}-${viewport.width}.png`), fullPage: true })
  return {
    world,
    takes,
    newPerson: async () => Person.at(await (await browser.newContext({ viewport })).newPage(), world, true),
    /** Goes on as the persona does, and takes the pages that are named. */
    follows: async (person, persona, pages) => {
      for (const page of pages) {
        await walk(person, persona, page)
        await takes(person)
      }
    }
  }
}

/** @param {Photographer} camera */
async function newcomers({ world, newPerson, takes, follows }) {
  const person = await newPerson()
  await person.visits(world.demoUrl)
  await takes(person, 'demo-start')
  await person.signsInAt()
  await follows(person, PRIYA, ['email', 'email-code'])
  await person.follows('I have not received a code, or the address is wrong')
  await takes(person)
  await person.follows('Back')
  await follows(person, PRIYA, ['mobile', 'official-name'])
  await person.presses('Continue')
  await takes(person, 'official-name-errors')
  await follows(person, PRIYA, ['preferred-name', 'date-of-birth', 'has-nino', 'has-trn'])
  await follows(person, PRIYA, ['has-qts', 'has-provider', 'provider'])
  await person.page.locator('[name=provider]').pressSequentially('university of')
  await person.page.getByRole('option').first().waitFor()
  await takes(person, 'provider-suggestions')
  await person.page.keyboard.press('Escape')
  await follows(person, PRIYA, ['check-answers', 'your-trn'])
  await walk(person, PRIYA)
  await takes(person, 'demo-signed-in')
  await person.goesBack()
  await takes(person, 'finished')
  await person.visits(`${world.url}/dev/outbox`)
  await takes(person, 'outbox')
  await person.visits(`${world.url}/sign-in/nothing/email`)
  await takes(person, 'cannot-use-this-page')

  const asha = await newPerson()
  await asha.signsInAt()
  await walk(asha, ASHA)
  await takes(asha, 'claims')
}

/** @param {Photographer} camera */
async function accounts({ world, newPerson, takes }) {
  const [asha, morgan, elsewhere] = [await newPerson(), await newPerson(), await newPerson()]
  const account = `${world.url}/account`
  await asha.signsInAt()
  await walk(asha, ASHA)
  await asha.visits(account)
  await takes(asha, 'account-with-record')
  for (const person of [elsewhere, morgan]) {
    await person.signsInAt()
    await walk(person, MORGAN)
  }
  await morgan.visits(account)
  await takes(morgan)
  await morgan.follows('Change preferred name')
  await takes(morgan, 'account-change-preferred-name')
  await morgan.answers({ preferred_name: 'Mo' }, 'Save')
  await takes(morgan, 'account-changed')
  for (const page of ['devices', 'services', 'delete', 'sign-out']) {
    await morgan.visits(`${account}/${page}`)
    await takes(morgan, `account-${page}`)
  }
  await morgan.visits(`${account}/delete`)
  await morgan.presses('Ask for my account to be deleted')
  await takes(morgan, 'account-delete-errors')
  await morgan.page.locator('#understood').check()
  await morgan.presses('Ask for my account to be deleted')
  await takes(morgan, 'account-delete-asked')
  const link = { client_id: 'demo-no-trn', redirect_uri: `${world.demoUrl}/`, sign_out_uri: `${world.demoUrl}/` }
  await morgan.visits(`${account}?${new URLSearchParams(link)}`)
  await takes(morgan, 'account-from-a-service')
  await morgan.visits(`${account}?client_id=nobody`)
  await takes(morgan, 'account-bad-link')
  await morgan.visits(`${account}/signed-out`)
  await takes(morgan, 'account-signed-out')
}

/** @param {Photographer} camera */
async function evidence({ world, newPerson, takes }) {
  const [asha, jane] = [await newPerson(), await newPerson()]
  await asha.signsInAt()
  await walk(asha, ASHA)
  await asha.visits(`${world.url}/account`)
  await takes(asha, 'account-with-record-and-evidence')
  await asha.follows('Change name')
  await takes(asha, 'new-official-name')
  await asha.answers({ last_name: 'Bennett' })
  await takes(asha)
  await asha.choosesFile('deed.pdf', '<html>')
  await asha.presses('Continue')
  await takes(asha, 'official-name-evidence-errors')
  await asha.choosesFile('deed.pdf', '%PDF-1.4\n%%EOF\n')
  await asha.presses('Continue')
  await takes(asha)
  await asha.fills({ preferred_name: 'other' })
  await takes(asha, 'new-preferred-name-other')
  await asha.answers({ preferred_name: 'Asha Okonkwo-Bennett' })
  await takes(asha)
  await asha.follows('Change document')
  await takes(asha, 'official-name-evidence-kept')
  await asha.goesBack()
  await asha.presses('Confirm and continue')
  await takes(asha, 'account-asked')
  await asha.follows('Change date of birth')
  await takes(asha, 'new-date-of-birth')
  await asha.answers({ 'date_of_birth-day': '13' })
  await takes(asha)
  await asha.signsInAt('demo-trn-optional', { prompt: 'login' })
  await walk(asha, ASHA, 'your-details')
  await takes(asha, 'your-details-asked')
  await jane.signsInAt()
  await walk(jane, JANE, 'record-differs')
  await takes(jane)
}

/** @param {Photographer} camera */
async function duplicates({ newPerson, takes, follows }) {
  const nadia = {
    ...MORGAN,
    email: { email: 'nadia.rahman@example.com' },
    mobile: '07700 900123',
    'official-name': { first_name: 'Nadia', last_name: 'Rahman', has_previous_name: 'no' }
  }
  const [first, again] = [await newPerson(), await newPerson()]
  await first.signsInAt('demo-no-trn')
  await takes(first)
  await follows(first, nadia, ['mobile-code'])
  await walk(first, nadia, 'finished')
  await takes(first, 'account-created')
  await again.signsInAt('demo-no-trn')
  await follows(again, nadia, ['account-exists'])
  await again.signsInAt('demo-no-trn')
  const other = { ...nadia, email: { email: 'nadia.new@example.com' } }
  await follows(again, other, ['mobile-exists'])
  await again.follows('This is not my account')
  await takes(again)
  await again.signsInAt('demo-no-trn')
  await follows(again, { ...other, mobile: undefined }, ['existing-account'])
  await again.page.locator('[name=account]').first().check()
  await again.presses('Continue')
  await takes(again)
  await again.signsInAt('demo-no-trn')
  await again.answers({ intent: 'sign_in' })
  await again.answers({ email: 'nadia.other@example.com' })
  await again.typesTheCode()
  await takes(again)
}

/** @param {Photographer} camera */
async function comingBack({ world, newPerson, takes, follows }) {
  const [asha, morgan] = [await newPerson(), await newPerson()]
  for (const [person, persona] of [[asha, ASHA], [morgan, MORGAN]]) {
    await person.signsInAt()
    await walk(person, persona)
    await person.signsInAt('demo-trn-optional', { prompt: 'login' })
    await walk(person, persona, 'your-details')
  }
  await takes(asha, 'your-details-with-record')
  await takes(morgan)
  for (const link of ['Change name', 'Change preferred name', 'Change date of birth', 'Change email address']) {
    await morgan.follows(link)
    await takes(morgan)
    if (link !== 'Change email address') await morgan.follows('Back')
  }
  await morgan.answers(ASHA.email)
  await takes(morgan)
  await morgan.typesTheCode()
  await takes(morgan)

  const demo = { name: 'Demo: strict', match_policy: 'strict', trn: 'required' }
  const strict = await RelyingService.start(world, 'strict', demo)
  await strict.sends(asha)
  const wrong = { nino: { nino: 'YZ999999D' }, trn: { trn: '1000002' } }
  await follows(asha, wrong, ['elevate', 'nino', 'trn'])
  await walk(asha, wrong, 'finished')
  await takes(asha, 'contact-support')
  strict.ends()
}

/** @param {Photographer} camera */
async function holders({ newPerson, takes, follows }) {
  const [holder, other] = [await newPerson(), await newPerson()]
  await holder.signsInAt()
  await walk(holder, PRIYA)
  const persona = { ...PRIYA, email: { email: 'priya@example.net' } }
  for (const locked of [true, false]) {
    await other.signsInAt()
    await follows(other, persona, ['record-holder-code'])
    if (locked) {
      await other.follows('I cannot get emails at that address')
      await takes(other)
      await other.presses('Ask for help')
      await takes(other, 'asked-support')
    } else {
      await other.typesTheCode(PRIYA.email.email)
      await takes(other)
    }
  }
}

/** @param {Photographer} camera */
async function mailboxes({ newPerson, takes, follows }) {
  const person = await newPerson()
  await person.signsInAt()
  await follows(person, { email: { email: 'office@example.com' } }, ['personal-email'])
  await person.answers({ email: 'morgan.own@example.com' })
  await takes(person)
  await person.signsInAt()
  const persona = { email: { email: 'm.newcombe@st-brendans.example' } }
  await follows(person, persona, ['institution-email'])
  await person.answers({ use_personal_email: 'yes' })
  await takes(person, 'institution-email-errors')
}

/** @param {Photographer} camera */
async function lastPages({ world, newPerson, takes, follows }) {
  const blocking = await RelyingService.start(world, 'blocking', { name: 'Demo: blocking', block_prohibited: true })
  const [sam, morgan, victor] = [await newPerson(), await newPerson(), await newPerson()]
  await sam.signsInAt('demo-trn-required')
  await follows(sam, SAM, ['no-match'])
  await walk(sam, SAM, 'finished')
  await takes(sam, 'checks-under-way')
  await morgan.signsInAt('demo-trn-required')
  await walk(morgan, MORGAN, 'finished')
  await takes(morgan, 'not-eligible')
  await blocking.sends(victor)
  await walk(victor, VICTOR, 'finished')
  await takes(victor, 'blocked')
  blocking.ends()

  const guessing = await newPerson()
  await guessing.signsInAt()
  await walk(guessing, SAM, 'email-code')
  for (let tries = 0; tries < 6; tries += 1) await guessing.answers(WRONG)
  await takes(guessing, 'too-many-codes')
}

/** @param {Photographer} camera */
async function budgets({ newPerson, takes }) {
  const person = await newPerson()
  await person.signsInAt()
  await walk(person, SAM, 'email-code')
  await person.answers(WRONG)
  await person.answers(WRONG)
  await takes(person, 'too-many-tries')
  await person.follows('Enter a code')
  await person.follows('I have not received a code, or the address is wrong')
  await person.presses('Send a new code')
  await takes(person, 'too-many-sent')
}
