// Where it was measured, with what, and by which commands.

/** @param {object} results */
export function machineText({ machine, options, seeded }) {
  const { versions, durability } = machine
  const lines = [
    `${machine.date}, commit ${machine.commit}${machine.changed ? ' with changes' : ''}, on ${machine.cores} cores of ${machine.cpu}, ${machine.memory_gb} GB, ${machine.kernel}, ${machine.system}; the databases on ${machine.file_system}.`,
    `Rust ${versions.rust}, PostgreSQL ${machine.postgres}, Node ${versions.node} with oidc-provider ${versions['oidc-provider']} and better-sqlite3 ${versions['better-sqlite3']}, glewlwyd ${versions.glewlwyd}.`,
    `${options.accounts.toLocaleString('en-GB')} accounts and ${options.records.toLocaleString('en-GB')} teaching records; ${options.connections} connections; ${options.rounds} rounds of ${options.seconds} s each, after ${options.warmUp} s that do not count: the median of the rounds, and the spread between them.`,
    `PostgreSQL: ${Object.entries(durability).map(([name, value]) => `${name}=${value}`).join(', ')}. Ours on SQLite: WAL, synchronous=FULL.`,
    seedingOf(seeded)
  ]
  return lines.filter(Boolean).join('\n\n')
}

function seedingOf(seeded = {}) {
  const told = Object.entries(seeded).map(
    ([home, { seconds, database_bytes }]) => `${home === 'ours-sqlite' ? 'SQLite' : 'PostgreSQL'} in ${Math.round(seconds)} s, ${Math.round(database_bytes / 2 ** 20)} MB`
  )
  return told.length ? `Filled: ${told.join('; ')}.` : ''
}
