// make bench: everything, on this machine, and the results into var/bench.
import { Bench, keep } from './bench.mjs'
import { onPostgres, onPostgresBesides, onSqlite } from './databases.mjs'
import { floor } from './floor.mjs'
import { machine } from './machine.mjs'
import { optionsFrom } from './options.mjs'
import { everything } from './plan.mjs'
import { Postgres } from './postgres.mjs'
import { strippedBytes } from './programs.mjs'

const options = optionsFrom(process.env)
const postgres = new Postgres(process.env.TEST_POSTGRES_URL)
const bench = new Bench(options)
try {
  console.log('Measuring what the parts cost')
  const parts = floor(postgres, bench.home)
  await bench.measures(
    everything({ sqlite: onSqlite(), postgres: onPostgres(postgres), besides: onPostgresBesides(postgres) })
  )
  keep(options.only ? 'partial' : 'results', {
    machine: { ...machine(bench.home), postgres: postgres.version, durability: postgres.durability },
    options,
    binary_bytes: strippedBytes('get-an-identity'),
    seeded: bench.seeded,
    floor: parts,
    runs: bench.runs
  })
} finally {
  bench.end()
}
