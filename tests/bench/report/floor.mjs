// The floor: what the parts of an operation cost by themselves on this machine, and how far above their sum we are.
import { namesOf, OPERATIONS, WORDS } from './parts.mjs'
import { find } from './summary.mjs'
import { figure, percent, scenarioName, table } from './words.mjs'

const PART_WORDS = {
  sign_rs256: 'RS256: a signature',
  verify_rs256: 'RS256: a signature verified',
  sign_es256: 'ES256: a signature',
  verify_es256: 'ES256: a signature verified',
  sign_eddsa: 'EdDSA: a signature',
  verify_eddsa: 'EdDSA: a signature verified',
  seal_300: 'AES-256-GCM: 300 bytes sealed',
  open_300: 'AES-256-GCM: 300 bytes opened',
  hmac_100: 'HMAC-SHA256 of 100 bytes',
  argon2id: "argon2id of a client's secret",
  memory_4m: 'Memory: a look somewhere in 4 MiB',
  fsync_4k: 'fsync of 4 KiB appended',
  sqlite_select: 'SQLite: a row looked up',
  sqlite_commit_1: 'SQLite, FULL: a commit of one row',
  sqlite_row_of_8: 'SQLite, FULL: a row of 8 in a commit',
  sqlite_row_of_32: 'SQLite, FULL: a row of 32 in a commit',
  sqlite_row_of_64: 'SQLite, FULL: a row of 64 in a commit',
  postgres_select: 'PostgreSQL: a row looked up',
  postgres_commit: 'PostgreSQL: a commit of one row',
  postgres_select_by_8: 'PostgreSQL: a row looked up, 8 connections',
  postgres_commit_by_8: 'PostgreSQL: a commit of one row, 8 connections',
  answer: 'actix-web: a bare answer',
  answer_form: 'actix-web: a bare answer to a form'
}

/** What an operation took us and what its parts take, in microseconds of one core. */
export function floorOf(results, all, scenario, database, algorithm) {
  const ours = find(all, `ours-${database}`, scenario, algorithm)
  const floor = sum(costs(results, all, database, algorithm), OPERATIONS[scenario])
  if (!ours || ours.isVoid || floor == null) return null
  const took = 1e6 / ours.per_second
  return { floor, took, reached: floor / took }
}

export function floorTables(results, all) {
  return [partsTable(results, all), operationsTable(results, all)].filter(Boolean).join('\n\n')
}

function partsTable(results, all) {
  const measured = [...(results.floor ?? []), ...answers(all)]
  if (measured.length === 0) return 'Not measured.'
  const rows = measured.map(({ name, wall_us, cpu_us }) => [words(name), figure(wall_us), figure(cpu_us)])
  return table(['', 'µs', 'CPU µs'], rows)
}

function operationsTable(results, all) {
  const rows = Object.keys(OPERATIONS).flatMap((scenario) =>
    variants(OPERATIONS[scenario]).flatMap(({ database, algorithm, words }) => {
      const found = floorOf(results, all, scenario, database, algorithm)
      return found ? [operationRow(scenario, words, found)] : []
    })
  )
  return rows.length ? table(['', 'parts', 'µs of the parts', 'µs of ours', 'of the floor'], rows) : ''
}

/** What makes a difference to an operation with such parts. */
function variants(parts) {
  const databases = parts.select || parts.commit ? ['sqlite', 'postgres'] : ['sqlite']
  const algorithms = parts.sign ? ['ES256', 'RS256'] : ['ES256']
  return databases.flatMap((database) =>
    algorithms.map((algorithm) => {
      const words = [databases[1] && (database === 'sqlite' ? 'SQLite' : 'PostgreSQL'), algorithms[1] && algorithm]
      return { database, algorithm, words: words.filter(Boolean) }
    })
  )
}

function operationRow(scenario, words, { floor, took, reached }) {
  const name = [scenarioName(scenario), ...words].join(', ')
  const parts = Object.entries(OPERATIONS[scenario]).map(([part, count]) => `${count} ${WORDS[part][count === 1 ? 0 : 1]}`)
  return [name, parts.join(', '), figure(floor), figure(took), percent(reached)]
}

/** @returns {Record<string, number | undefined>} microseconds of one core that each part takes */
function costs(results, all, database, algorithm) {
  const byName = new Map([...(results.floor ?? []), ...answers(all)].map((part) => [part.name, part]))
  const names = { answer: 'answer', form: 'answer_form', ...namesOf(database, algorithm) }
  return Object.fromEntries(Object.entries(names).map(([part, name]) => [part, byName.get(name)?.cpu_us]))
}

/** What HTTP costs is measured by the load program, with a server that only answers. */
function answers(all) {
  const bare = ['answer', 'answer_form'].map((scenario) => find(all, 'bare', scenario)).filter((one) => one && !one.isVoid)
  return bare.map(({ scenario, per_second, server_cpu_us }) => ({ name: scenario, wall_us: 1e6 / per_second, cpu_us: server_cpu_us }))
}

/** Nothing, when a part was not measured. */
function sum(costs, parts) {
  let total = 0
  for (const [part, count] of Object.entries(parts)) {
    if (costs[part] == null) return null
    total += costs[part] * count
  }
  return total
}

function words(name) {
  return PART_WORDS[name] ?? name
}
