// Attacks on one-time codes, against the real binary with the budgets of a real service. Nobody may get in who should
// not, and whoever should must not be kept out for long.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { Service } from './support/service.mjs'
import { forEach, stranger, Visitor } from './support/visitor.mjs'

const TRIES_PER_ADDRESS = 12
const CODES_PER_ADDRESS = 6
const CODES_PER_JOURNEY = 10
const CODES_PER_NETWORK = 200
const LONGEST_LOCK = 30 * 60

/** @type {Service} */ let service
before(async () => {
  service = await Service.start()
})
after(() => service?.ends())

/** Refused for a budget: with a time to come back, soon enough, and a page that says it. */
function isRefused(answer, words) {
  assert.equal(answer.status, 429)
  const seconds = Number(answer.headers.get('retry-after'))
  assert.ok(seconds >= 1 && seconds <= LONGEST_LOCK, `Retry-After: ${answer.headers.get('retry-after')}`)
  assert.match(answer.html, words)
  assert.match(answer.html, new RegExp(`in ${Math.ceil(seconds / 60)} minute`))
}
const NOT_SENT = /We cannot send you a code yet/
const NOT_LOOKED_AT = /You cannot enter a code yet/

/** Proved: the journey goes on to its next question, or to its end. */
function getsIn(answer) {
  assert.equal(answer.status, 303, answer.html)
  assert.doesNotMatch(answer.headers.get('location'), /email/)
}

function isWrong(answer) {
  assert.equal(answer.status, 400)
  assert.match(answer.html, /The code is not the one that we sent/)
}

/**
 * Guesses that are all different. The right code is left out: a guess that is looked at is right once in a million, so
 * an attack gets in once in 1,000,000 / 12 attacks, and then this program would fail for what the budgets allow. What
 * they must not allow, which is to have more than 12 guesses looked at, is what it holds them to.
 */
function guesses(count, right) {
  const start = Math.floor(Math.random() * 1_000_000)
  const all = Array.from({ length: count + 1 }, (_, step) => String((start + step * 7919) % 1_000_000).padStart(6, '0'))
  return all.filter((guess) => guess !== right).slice(0, count)
}

/** Asks for codes to an address, each time somebody else and from elsewhere, until no more is sent. */
async function drain(email) {
  const thieves = await forEach(Array(CODES_PER_ADDRESS + 4).fill(), () => stranger(service))
  const answers = await forEach(thieves, (thief) => thief.givesAddress(email))
  assert.equal(answers.filter((answer) => answer.status === 303).length, CODES_PER_ADDRESS)
  answers.filter((answer) => answer.status !== 303).forEach((answer) => isRefused(answer, NOT_SENT))
  return thieves
}

function lookedAt(answers) {
  for (const answer of answers) {
    if (answer.status === 429 && !/too many wrong codes/.test(answer.html)) isRefused(answer, NOT_LOOKED_AT)
    else assert.ok(answer.status === 400 || answer.status === 429, `nobody gets in: ${answer.status}`)
  }
  return answers.filter((answer) => !NOT_LOOKED_AT.test(answer.html)).length
}

test('ten journeys at once have as many guesses at an address as one', async () => {
  const email = 'ten-journeys@example.com'
  const thieves = await drain(email)
  const right = await service.code(email)
  const tries = guesses(60, right).map((guess, number) => [thieves[number % 10], guess])
  const answers = await forEach(tries, ([thief, guess]) => thief.types(guess), 10)
  assert.equal(lookedAt(answers), TRIES_PER_ADDRESS)
})

test('a thousand guesses from a thousand networks are twelve, and then not even the right one helps', async (t) => {
  const email = 'thousand-guesses@example.com'
  const first = await stranger(service)
  assert.equal((await first.givesAddress(email)).status, 303)
  const right = await service.code(email)
  const before = await service.number('one_time_code_refusals_total{kind="try",budget="address"}')
  const thieves = await forEach(Array(100).fill(), async () => {
    const thief = await stranger(service)
    await thief.givesAddress(email)
    return thief
  })
  const newest = await service.code(email)
  const answers = await forEach(guesses(1000, newest), (guess, number) => {
    const thief = thieves[number % 100]
    thief.address = `172.16.${number >> 2}.${number & 3}`
    return thief.types(guess)
  })
  assert.equal(lookedAt(answers), TRIES_PER_ADDRESS)
  for (const code of [right, newest]) isRefused(await first.types(code), NOT_LOOKED_AT)
  const refused = (await service.number('one_time_code_refusals_total{kind="try",budget="address"}')) - before
  assert.equal(refused, 1000 - TRIES_PER_ADDRESS + 2, '/metrics shows the attack')
  t.diagnostic(`the odds of such an attack: ${TRIES_PER_ADDRESS} in 1,000,000`)
})

test('a code that was used does not work again', async () => {
  const email = 'replay@example.com'
  const owner = await stranger(service)
  await owner.givesAddress(email)
  const used = await service.code(email)
  getsIn(await owner.types(used))
  const thief = await stranger(service)
  await thief.givesAddress(email)
  if ((await service.code(email)) !== used) isWrong(await thief.types(used))
})

test('a code does not work any more once there is a newer one', async () => {
  const email = 'older@example.com'
  const owner = await stranger(service)
  await owner.givesAddress(email)
  const old = await service.code(email)
  await owner.resends()
  const newest = await service.code(email)
  if (newest !== old) isWrong(await owner.types(old))
  getsIn(await owner.types(newest))
})

test('a code does not work in another journey', async () => {
  const email = 'other-journey@example.com'
  const thief = await stranger(service)
  await thief.givesAddress(email)
  const owner = await stranger(service)
  await owner.givesAddress(email)
  const code = await service.code(email)
  isWrong(await thief.types(code))
  getsIn(await owner.types(code))
})

test('a storm of wishes for another code fills nobody’s mailbox', async () => {
  const email = 'storm@example.com'
  const before = await service.number('one_time_codes_sent_total')
  const thieves = await drain(email)
  const answers = await forEach(thieves, async (thief) => [await thief.resends(), await thief.resends()])
  answers.flat().forEach((answer) => isRefused(answer, NOT_SENT))
  assert.equal((await service.number('one_time_codes_sent_total')) - before, CODES_PER_ADDRESS)
})

test('one journey does not write to many addresses', async () => {
  const before = await service.number('one_time_codes_sent_total')
  const thief = await stranger(service)
  for (let number = 0; number < CODES_PER_JOURNEY + 5; number++) {
    const answer = await thief.givesAddress(`victim-${number}@example.com`)
    if (number < CODES_PER_JOURNEY) assert.equal(answer.status, 303)
    else isRefused(answer, NOT_SENT)
  }
  assert.equal((await service.number('one_time_codes_sent_total')) - before, CODES_PER_JOURNEY)
})

test('one network does not write to many more addresses than a school has', async () => {
  const network = 60_000
  const started = Date.now()
  const answers = await forEach(Array.from({ length: CODES_PER_NETWORK + 20 }).fill(), async (_, number) => {
    const thief = await new Visitor(service, network).startsJourney()
    return thief.givesAddress(`spray-${number}@example.com`)
  })
  const sent = answers.filter((answer) => answer.status === 303).length
  // One comes back every 18 seconds.
  const most = CODES_PER_NETWORK + Math.ceil((Date.now() - started) / 18_000)
  assert.ok(sent >= CODES_PER_NETWORK && sent <= most, `${sent} were sent`)
  answers.filter((answer) => answer.status !== 303).forEach((answer) => isRefused(answer, NOT_SENT))
})

test('during an attack the owner of an address signs in with a browser that is known', async () => {
  const email = 'owner@example.com'
  const owner = await stranger(service)
  await owner.givesAddress(email)
  getsIn(await owner.types(await service.code(email)))

  const thieves = await forEach(Array(CODES_PER_ADDRESS + 4).fill(), () => stranger(service))
  await forEach(thieves, (thief) => thief.givesAddress(email))
  const [wrong] = guesses(1, await service.code(email))
  let isOver = false
  const attack = forEach(thieves, async (thief) => {
    const answers = []
    while (!isOver) answers.push(await thief.types(wrong), await thief.resends())
    return answers
  })
  try {
    // Without a known browser nobody gets a code, or has one looked at, until the attack is over.
    const other = await stranger(service)
    isRefused(await other.givesAddress(email), NOT_SENT)
    await forEach(guesses(TRIES_PER_ADDRESS, await service.code(email)), (guess) => other.types(guess))
    isRefused(await other.types(await service.code(email)), NOT_LOOKED_AT)
    await owner.startsJourney()
    assert.equal((await owner.givesAddress(email)).status, 303)
    getsIn(await owner.types(await service.code(email)))
  } finally {
    isOver = true
  }
  const answers = (await attack).flat()
  assert.ok(answers.length > 20, 'it was an attack')
  assert.ok(answers.every((answer) => answer.status === 400 || answer.status === 429), 'and nobody got in')
})
