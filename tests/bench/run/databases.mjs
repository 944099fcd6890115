// The databases of our own server: a SQLite file, and PostgreSQL on one core or the other.
import { join } from 'node:path'

import { Ours } from './ours.mjs'
import { LOAD_CORE, SERVER_CORE } from './programs.mjs'

/** @param {{ accounts: number, records: number }} [amount] where it is another than the benchmark's own, the name tells */
export function onSqlite(amount) {
  const name = `ours-sqlite${suffix(amount)}`
  return new Ours(name, { home: name, amount, url: (home) => `sqlite://${join(home, 'bench.sqlite')}` })
}

/** @param {import('./postgres.mjs').Postgres} postgres */
export function onPostgres(postgres, amount) {
  return ours(postgres, `ours-postgres${suffix(amount)}`, LOAD_CORE, amount)
}

/** The same database, which has to share the server's core. */
export function onPostgresBesides(postgres) {
  return ours(postgres, 'ours-postgres-same-core', SERVER_CORE)
}

function ours(postgres, name, core, amount) {
  const database = `bench${suffix(amount).replace('-', '_')}`
  return new Ours(name, {
    home: `ours-postgres${suffix(amount)}`,
    amount,
    url: () => postgres.of(database),
    database: {
      core,
      create: () => postgres.create(database),
      settles: () => postgres.settles(database),
      pin: () => postgres.pin(core),
      // Whatever it still has to tidy up is out of the way of whoever is measured next.
      unpin: () => postgres.pin(LOAD_CORE),
      cpuSeconds: () => postgres.cpuSeconds(),
      transactions: () => postgres.transactions(database)
    }
  })
}

function suffix(amount) {
  return amount ? `-${amount.accounts}` : ''
}
