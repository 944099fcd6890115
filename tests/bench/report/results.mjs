// The tables of what was measured, scenario by scenario, with ours beside each of the others.
import { find } from './summary.mjs'
import { figure, milliseconds, percent, scenarioName, serverName, table, times } from './words.mjs'

const SCENARIOS = ['code_exchange', 'sign_in_returning', 'sign_in_first', 'refresh', 'client_credentials', 'userinfo', 'introspection', 'discovery', 'jwks']
const HEAD = ['', 'a second', 'spread', 'p50 ms', 'p99 ms', 'CPU µs', 'CPU µs, PostgreSQL', 'commits', 'transactions, PostgreSQL', 'ours, SQLite', 'ours, PostgreSQL']

/** @param {import('./summary.mjs').Summary[]} all */
export function resultTables(all) {
  const tables = SCENARIOS.map((scenario) => resultTable(all, scenario)).filter(Boolean)
  return [...tables, notes(all)].filter(Boolean).join('\n\n')
}

function resultTable(all, scenario) {
  const measured = all.filter((one) => one.scenario === scenario)
  if (measured.length === 0) return ''
  const rows = measured.map((one) => row(all, one))
  const said = HEAD.map((_, at) => rows.some((cells) => /\w/.test(cells[at])))
  const kept = (cells) => cells.filter((_, at) => said[at])
  return `### ${scenarioName(scenario)}\n\n${table(kept(HEAD), rows.map(kept))}`
}

function row(all, one) {
  const name = `${serverName(one.server)}${one.algorithm === '-' ? '' : `, ${one.algorithm}`}`
  if (one.isVoid) return [name, `void: ${one.failures ? `${one.failures} failures` : 'nothing was done'}`, ...Array(HEAD.length - 2).fill('')]
  return [
    name,
    `${figure(one.per_second)}${one.isLimitedByLoad ? ' †' : ''}`,
    percent(one.spread),
    milliseconds(one.p50_us),
    milliseconds(one.p99_us),
    figure(one.server_cpu_us),
    figure(one.database_cpu_us),
    figure(one.commits),
    figure(one.database_transactions),
    ...['ours-sqlite', 'ours-postgres'].map((server) => beside(all, one, server))
  ]
}

/** How many times as quick ours is in the same run; nothing beside ourselves. */
function beside(all, one, server) {
  if (one.server.startsWith('ours')) return ''
  const ours = find(all, server, one.scenario, one.algorithm === '-' ? undefined : one.algorithm)
  return times(ratio(ours, one))
}

/** @returns {number | null} nothing when one of them was not measured, or is void */
export function ratio(ours, theirs) {
  if (!ours || !theirs || ours.isVoid || theirs.isVoid) return null
  return ours.per_second / theirs.per_second
}

function notes(all) {
  const told = [
    'CPU is the time of the core that an operation takes, in the server and in PostgreSQL. Commits are those of an operation, where the server counts them; PostgreSQL counts a look at a table as a transaction as well.',
    'The last columns say how many times as quick ours is, with tokens signed by the same algorithm.'
  ]
  if (all.some(({ isLimitedByLoad }) => isLimitedByLoad)) told.push('† The load program was busy for more than 95 % of the time: the server might do more.')
  return told.join(' ')
}
