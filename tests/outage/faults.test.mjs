// Each of our partners fails in each way, while somebody signs in: they are never kept waiting beyond the time budgets, the page
// says what is the case, and once the partner is back nothing is missing.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'

import { ASHA } from './support/people.mjs'
import { Partners } from './support/partners.mjs'
import { Person } from './support/person.mjs'
import { Server } from './support/server.mjs'

/** By name, as the simulators' switch has them. `stopped`: nobody listens. */
const FAULTS = {
  slow: { slow: 30 },
  stopped: 'stopped',
  resetting: 'resetting',
  failing: 'failing',
  busy: { busy: 2 },
  html: 'html',
  huge: 'huge',
  malformed: 'malformed'
}
/** What all look-ups of a request may take together; and what a machine with other work on it may add. */
const BUDGET = 5_000
const GRACE = 2_500
/** A search that got no answer is repeated after a minute, and whatever waits in the outbox sooner. */
const ALL_COMES = 150_000
const MAY_TAKE_A_WHILE = /may take a few minutes/

describe('a person signs in while', { concurrency: true }, () => {
  describe('nothing is wrong', () => {
    const { partners, server } = around()

    test('the page says nothing of a wait, and the record is found at once', async () => {
      const person = new Person(ASHA, [server().url], (email) => partners().codeFor(email))
      await person.begins(partners().authorize)
      await person.goesOn()
      assert.equal(person.page, 'email-code')
      assert.doesNotMatch(await person.sees(), MAY_TAKE_A_WHILE)
      while (!person.hasFinished()) await person.goesOn()
      const [created] = await partners().told('UserCreated', ALL_COMES)
      assert.equal(created.message.user.trn, '1000001')
    })
  })

  for (const [name, fault] of Object.entries(FAULTS)) {
    describe(`everything that we call is ${name}`, () => {
      const { partners, server } = around()

      test('they are not kept waiting, and nothing is lost', async (t) => {
        const person = new Person(ASHA, [server().url], (email) => partners().codeFor(email))
        await person.begins(partners().authorize)
        await partners().are(fault)
        await person.goesOn()
        assert.equal(person.page, 'email-code')
        assert.match(await person.sees(), MAY_TAKE_A_WHILE, 'the page says that the code may take a while')

        await partners().is('notify', 'none')
        await person.goesOn()
        while (!person.hasFinished()) await person.goesOn()
        t.diagnostic(`the longest page took ${person.longest} ms`)
        assert.ok(person.longest < BUDGET + GRACE, `a page took ${person.longest} ms`)

        const [created] = await partners().told('UserCreated', ALL_COMES)
        assert.equal(created.message.user.trnLookupStatus, 'Pending', 'nobody knows yet')
        await partners().are('none')
        const [updated] = await partners().told('UserUpdated', ALL_COMES)
        assert.equal(updated.message.user.trn, '1000001', 'the record was found without the person')
        await partners().hasSolved(1, ALL_COMES)
        await server().hasNothingLeft(ALL_COMES)
      })
    })
  }
})

/** Partners and a server of one's own, for the tests of a suite. */
function around() {
  /** @type {Partners} */ let partners
  /** @type {Server} */ let server
  before(async () => {
    partners = await Partners.start()
    server = await Server.start(partners.settings)
  })
  after(async () => {
    await server?.end()
    await partners?.end()
  })
  return { partners: () => partners, server: () => server }
}
