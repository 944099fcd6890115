// The databases of our own server: a SQLite file, and PostgreSQL on one core or the other.
import { join } from 'node:path'

import { Ours } from './ours.mjs'
import { LOAD_CORE, SERVER_CORE } from './programs.mjs'

/** @param {string} [of] what sets this one apart from others in the same benchmark */
export function onSqlite(of = '') {
  return new Ours(`ours-sqlite${of}`, { home: `ours-sqlite${of}`, url: (home) => `sqlite://${join(home, 'bench.sqlite')}` })
}

/** @param {import('./postgres.mjs').Postgres} postgres */
export function onPostgres(postgres, of = '') {
  return ours(postgres, `ours-postgres${of}`, LOAD_CORE, of)
}

/** The same database, which has to share the server's core. */
export function onPostgresBesides(postgres, of = '') {
  return ours(postgres, `ours-postgres-same-core${of}`, SERVER_CORE, of)
}

function ours(postgres, name, core, of) {
  const database = `bench${of.replaceAll('-', '_')}`
  return new Ours(name, {
    home: `ours-postgres${of}`,
    url: () => postgres.of(database),
    database: {
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
