// make bench-scale: does a sign-in cost more where there are more accounts? The results go into var/bench/scale.json.
import { tmpdir } from 'node:os'

import { Bench, keep } from './bench.mjs'
import { onPostgres, onSqlite } from './databases.mjs'
import { machine } from './machine.mjs'
import { optionsFrom } from './options.mjs'
import { signIns } from './plan.mjs'
import { Postgres } from './postgres.mjs'

/** Those who have no account yet, and come for the first time. */
const NEWCOMERS = 200_000
const SIZES = (process.env.SIZES ?? '10000 100000 2000000').split(' ').map(Number)

const options = optionsFrom(process.env)
const postgres = new Postgres(process.env.TEST_POSTGRES_URL)
const amounts = SIZES.map((accounts) => ({ accounts, records: accounts + NEWCOMERS }))
const bench = new Bench(options)
try {
  // All sizes of one database follow each other in each round.
  await bench.measures(signIns([...amounts.map((amount) => onSqlite(amount)), ...amounts.map((amount) => onPostgres(postgres, amount))]))
  const sizes = amounts.map(({ accounts }) => ({ accounts, runs: bench.runs.filter(({ server }) => server.endsWith(`-${accounts}`)) }))
  keep('scale', { machine: machine(tmpdir()), options, seeded: bench.seeded, sizes })
} finally {
  bench.end()
}
