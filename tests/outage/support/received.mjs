// All that the partners were given, held against what the database says should have left.
import assert from 'node:assert/strict'

export class Received {
  #letters
  #tickets
  #told
  #twice = 0

  constructor(letters, tickets, told) {
    this.#letters = this.#once(letters, ({ reference }) => reference, ({ to, body, subject }) => ({ to, body, subject }))
    this.#tickets = tickets
    this.#told = this.#once(told, ({ id }) => id, ({ body }) => JSON.parse(body))
  }

  /** By idempotency key: what came more than once is the same each time. */
  #once(all, keyOf, whatOf) {
    const found = new Map()
    for (const one of all) {
      const [key, what] = [keyOf(one), whatOf(one)]
      assert.ok(key, 'everything has an idempotency key')
      if (found.has(key)) this.#twice++
      assert.deepEqual(found.get(key) ?? what, what, `${key} is the same each time`)
      found.set(key, what)
    }
    return found
  }

  /** Every row of the outbox was handed over, by its own key. */
  hasEvery(rows) {
    for (const { id, channel, state, problem } of rows) {
      assert.equal(state, 'carried', `${channel} ${id}: ${problem}`)
      if (channel === 'email') assert.ok(this.#letters.has(id), `the letter ${id} has arrived`)
    }
    const letters = rows.filter(({ channel }) => channel === 'email')
    assert.equal(this.#letters.size, letters.length, 'and nothing else has')
  }

  /** An account has its messages, its ticket where there is to be one, and its webhook. */
  hasAllOf(person, account, tickets) {
    const letters = [...this.#letters.values()].filter(({ to }) => to === person.email)
    assert.ok(letters.some(({ body }) => /\b\d{6}\b/.test(body)), `${person.email} got a code`)
    const created = [...this.#told.values()].filter(
      ({ messageType, message }) => messageType === 'UserCreated' && message.user.userId === account.id
    )
    assert.equal(created.length, 1, `${person.email}: one webhook tells of the account`)
    assert.equal(tickets.length, person.statesTrn ? 1 : 0, `${person.email}: tickets`)
    for (const { reference } of tickets) {
      const opened = this.#tickets.filter(({ external_id }) => external_id === reference)
      assert.equal(opened.length, 1, `${reference} was opened once at the help desk`)
      const letter = letters.filter(({ body }) => body.includes(reference))
      assert.equal(letter.length, 1, `${person.email} was told of ${reference}`)
    }
  }

  summary() {
    const [letters, tickets, told] = [this.#letters.size, this.#tickets.length, this.#told.size]
    return `${letters} letters, ${tickets} tickets, ${told} webhooks; ${this.#twice} came twice, with the same key`
  }
}
