// Servers are killed again and again while people register. Whatever the moment was: every account has all that should have
// left for it, and what left twice has the same idempotency key.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { Nodes } from './support/nodes.mjs'
import { Partners } from './support/partners.mjs'
import { numbered } from './support/people.mjs'
import { Person, sleep } from './support/person.mjs'

const JOURNEYS = Number(process.env.JOURNEYS ?? 500)
const KILLS = Number(process.env.KILLS ?? 50)
const AT_ONCE = 12
/** More than a lease and a few attempts. */
const LAST_ONES = 180_000

/** @type {Nodes} */ let nodes
/** @type {Partners} */ let partners
before(async () => {
  partners = await Partners.start()
  nodes = await Nodes.start(partners.settings)
})
after(async () => {
  await nodes?.end()
  await partners?.end()
})

test('servers that are killed while people register lose no message, no ticket and no webhook', async (t) => {
  const people = Array.from({ length: JOURNEYS }, (_, number) => numbered(number))
  const waiting = people.map((who) => new Person(who, nodes.urls, (email) => partners.codeFor(email)))
  let under = AT_ONCE
  const registers = async () => {
    for (let person = waiting.shift(); person; person = waiting.shift()) await person.registers(partners.authorize)
    under--
  }
  const began = Date.now()
  await Promise.all([
    ...Array.from({ length: AT_ONCE }, registers),
    nodes.areKilledUntil(() => nodes.kills >= KILLS || under === 0)
  ])
  const during = nodes.kills
  // People may have been quicker than the killing: then what is still on its way is killed.
  await nodes.areKilledUntil(() => nodes.kills >= KILLS)
  t.diagnostic(`${JOURNEYS} journeys in ${Math.round((Date.now() - began) / 1000)} s, ${nodes.kills} kills, ${during} of them during journeys`)

  await settles()
  const accounts = nodes.asks('SELECT id, email FROM accounts')
  assert.equal(accounts.length, JOURNEYS, 'everybody has one account')
  const tickets = nodes.asks('SELECT reference, account_id FROM tickets')
  const found = await partners.received()
  found.hasEvery(nodes.asks('SELECT id, channel, state, problem FROM outbox_messages'))
  for (const person of people) {
    const account = accounts.find(({ email }) => email === person.email)
    assert.ok(account, `${person.email} has an account`)
    found.hasAllOf(person, account, tickets.filter(({ account_id }) => account_id === account.id))
  }
  t.diagnostic(found.summary())
})

/** Until the outbox says that nothing is due. */
async function settles() {
  const end = Date.now() + LAST_ONES
  for (;;) {
    const due = nodes.asks("SELECT channel, count(*) FROM outbox_messages WHERE state = 'due' GROUP BY channel")
    if (due.length === 0) return
    assert.ok(Date.now() < end, `still due: ${JSON.stringify(due)}`)
    await sleep(500)
  }
}
