// What was to be reached, and whether it was.
import { floorOf } from './floor.mjs'
import { ratio } from './results.mjs'
import { find } from './summary.mjs'
import { figure, table } from './words.mjs'

const AT_LEAST = (value, limit) => value >= limit
const AT_MOST = (value, limit) => value <= limit

/** @param {object} results @param {import('./summary.mjs').Summary[]} all */
export function targetTable(results, all) {
  const rows = targets(results, all).map(({ what, limit, value, unit, holds }) => {
    const wanted = `${holds === AT_LEAST ? 'at least' : 'at most'} ${limit.toLocaleString('en-GB')} ${unit}`
    if (value == null) return [what, wanted, 'not measured', '']
    return [what, wanted, `${figure(value)} ${unit}`, holds(value, limit) ? 'met' : '**missed**']
  })
  return table(['', 'target', 'measured', ''], rows)
}

/** @returns {{ what: string, limit: number, value: number | null, unit: string, holds: (value: number, limit: number) => boolean }[]} */
export function targets(results, all) {
  const sqlite = (scenario, algorithm = 'ES256') => find(all, 'ours-sqlite', scenario, algorithm)
  const speed = (one) => (one && !one.isVoid ? one.per_second : null)
  const onPostgres = (scenario) => speed(find(all, 'ours-postgres', scenario, 'ES256'))
  const exchange = ['ES256', 'RS256'].flatMap((algorithm) =>
    ['FULL', 'NORMAL'].map((synchronous) => {
      const theirs = find(all, `oidc-provider-${algorithm}-${synchronous}`.toLowerCase(), 'code_exchange')
      const what = `Code exchange, ${algorithm}: times npm oidc-provider's with synchronous=${synchronous}`
      return atLeast(what, algorithm === 'ES256' ? 8 : 5, ratio(sqlite('code_exchange', algorithm), theirs), '×')
    })
  )
  const bare = ['discovery', 'jwks'].map((scenario) =>
    atLeast(`${scenario === 'jwks' ? 'JWKS' : 'Discovery'}: part of a bare answer of as many bytes`, 50, percents(ratio(sqlite(scenario), find(all, `bare-${scenario}`, scenario))), '%')
  )
  const floor = floorOf(results, all, 'code_exchange', 'sqlite', 'ES256')
  return [
    ...exchange,
    atLeast('Code exchange, ES256: part of what its floor allows', 50, percents(floor?.reached), '%'),
    atLeast('First sign-in, PostgreSQL on the other core', 150, onPostgres('sign_in_first'), 'a second'),
    atLeast('Returning sign-in, PostgreSQL on the other core', 500, onPostgres('sign_in_returning'), 'a second'),
    ...bare,
    atLeast('Userinfo', 20_000, speed(sqlite('userinfo')), 'a second'),
    ...machineTargets(results, all)
  ]
}

function machineTargets({ binary_bytes, options }, all) {
  const ours = all.filter(({ server }) => server === 'ours-sqlite' || server === 'ours-postgres')
  const most = (name) => (ours.length ? Math.max(...ours.map((one) => one[name])) : null)
  return [
    atMost('Memory, idle', 30, most('idle_mb'), 'MB'),
    atMost(`Memory, loaded by ${options.connections} connections`, 80, most('loaded_mb'), 'MB'),
    atMost('Start-up', 150, most('start_up_ms'), 'ms'),
    atMost('Binary, stripped', 30, binary_bytes == null ? null : binary_bytes / 2 ** 20, 'MB')
  ]
}

function percents(part) {
  return part == null ? null : part * 100
}

function atLeast(what, limit, value, unit) {
  return { what, limit, value: value ?? null, unit, holds: AT_LEAST }
}

function atMost(what, limit, value, unit) {
  return { what, limit, value: value ?? null, unit, holds: AT_MOST }
}
