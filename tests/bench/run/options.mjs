// What is measured, for how long: from the environment.

/** @param {Record<string, string | undefined>} env */
export function optionsFrom(env) {
  return {
    /** For each run, after its warm-up. */
    seconds: number(env, 'SECONDS', 5),
    warmUp: number(env, 'WARM_UP', 2),
    rounds: number(env, 'ROUNDS', 3),
    connections: number(env, 'CONNECTIONS', 64),
    accounts: number(env, 'ACCOUNTS', 100_000),
    records: number(env, 'RECORDS', 1_000_000),
    /** A pattern for "server algorithm scenario": runs that do not match are left out. */
    only: env.ONLY ?? '',
    /** A folder for what perf sees; nothing is looked at without one. */
    profile: env.PROFILE ?? ''
  }
}

function number(env, name, usual) {
  const value = Number(env[name] || usual)
  if (!(value > 0)) throw new Error(`${name}=${env[name]} is not a number above nought`)
  return value
}
