// What several rounds of the same run come to: the middle one, and how far apart they were.

/** Figures of which the median is told. */
const FIGURES = [
  'per_second',
  'p50_us',
  'p99_us',
  'server_cpu_us',
  'database_cpu_us',
  'commits',
  'database_transactions',
  'load_cpu_share',
  'idle_mb',
  'start_up_ms'
]
/** With less to spare than this, the load program may be what was measured. */
const BUSY = 0.95

/** @param {object[]} runs @returns {Summary[]} one for each server, algorithm and scenario, in the order in which they came */
export function summaries(runs) {
  return [...grouped(runs)].map(([, rounds]) => summary(rounds))
}

/** @param {Summary[]} all @returns {Summary | undefined} nothing, when it was not measured */
export function find(all, server, scenario, algorithm) {
  return all.find((one) => one.server === server && one.scenario === scenario && (!algorithm || one.algorithm === algorithm))
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2
}

function summary(rounds) {
  const [{ server, algorithm, scenario }] = rounds
  const told = { server, algorithm, scenario, rounds: rounds.length }
  for (const figure of FIGURES) {
    const values = rounds.map((round) => round[figure]).filter((value) => value != null)
    told[figure] = values.length ? median(values) : null
  }
  const speeds = rounds.map(({ per_second }) => per_second)
  const failures = rounds.reduce((sum, round) => sum + round.failures, 0)
  return {
    ...told,
    /** Between the slowest and the quickest round, as a part of the median. */
    spread: told.per_second ? (Math.max(...speeds) - Math.min(...speeds)) / told.per_second : 0,
    loaded_mb: Math.max(...rounds.map(({ loaded_mb }) => loaded_mb)),
    failures,
    /** Nothing that failed is a measure of anything. */
    isVoid: failures > 0 || speeds.includes(0),
    isLimitedByLoad: told.load_cpu_share > BUSY
  }
}

function grouped(runs) {
  const groups = new Map()
  for (const run of runs) groups.set(keyOf(run), [...(groups.get(keyOf(run)) ?? []), run])
  return groups
}

function keyOf({ server, algorithm, scenario }) {
  return `${server} ${algorithm} ${scenario}`
}
