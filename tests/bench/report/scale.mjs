// What a sign-in costs where there are more accounts.
import { find, summaries } from './summary.mjs'
import { figure, scenarioName, serverName, table } from './words.mjs'

/** With two hundred times as many accounts. */
const MOST_GROWTH = 0.1
const SCENARIOS = ['code_exchange', 'sign_in_returning', 'sign_in_first']

/** @param {{ sizes: object[] }} scale */
export function scaleTable(scale) {
  const rows = growths(scale).map(({ server, scenario, costs, growth }) => [
    `${scenarioName(scenario)}, ${serverName(server)}`,
    ...costs.map((cost) => (cost == null ? 'void' : figure(cost))),
    ...(growth == null ? ['–', ''] : [signed(growth), growth <= MOST_GROWTH ? 'met' : '**missed**'])
  ])
  const head = ['CPU µs of an operation, PostgreSQL included', ...scale.sizes.map(({ accounts }) => `${accounts.toLocaleString('en-GB')} accounts`), 'growth', 'at most a tenth']
  return table(head, rows)
}

/** @returns what each operation costs at each size, and by which part it grows from the first to the last */
export function growths({ sizes }) {
  const bySize = sizes.map(({ accounts, runs }) => ({ accounts, all: summaries(runs) }))
  return ['ours-sqlite', 'ours-postgres'].flatMap((server) =>
    SCENARIOS.map((scenario) => {
      const costs = bySize.map(({ accounts, all }) => cost(find(all, `${server}-${accounts}`, scenario)))
      const [first, last] = [costs[0], costs.at(-1)]
      return { server, scenario, costs, growth: first && last ? last / first - 1 : null }
    })
  )
}

function signed(growth) {
  return `${growth < 0 ? '−' : '+'}${figure(Math.abs(growth) * 100)} %`
}

function cost(one) {
  return one && !one.isVoid ? one.server_cpu_us + (one.database_cpu_us ?? 0) : null
}
