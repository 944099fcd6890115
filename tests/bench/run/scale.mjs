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
const sizes = []
for (const accounts of SIZES) {
  // One size after the other: each fills a disk of its own.
  const bench = new Bench({ ...options, accounts, records: accounts + NEWCOMERS })
  const of = `-${accounts}`
  try {
    await bench.measures(signIns({ sqlite: onSqlite(of), postgres: onPostgres(postgres, of) }))
    sizes.push({ accounts, seeded: bench.seeded, runs: bench.runs })
  } finally {
    bench.end()
    postgres.drop(`bench_${accounts}`)
  }
}
keep('scale', { machine: machine(tmpdir()), options, sizes })
