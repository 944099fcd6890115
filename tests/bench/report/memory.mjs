// How much memory each server holds, and how soon it answers.
import { median } from './summary.mjs'
import { figure, SERVER_ORDER, serverName, table } from './words.mjs'

/** @param {object} results @param {import('./summary.mjs').Summary[]} all */
export function memoryTable({ binary_bytes, options }, all) {
  const servers = SERVER_ORDER.filter((name) => !name.startsWith('bare') && all.some(({ server }) => server === name))
  const rows = servers.map((server) => {
    const its = all.filter((one) => one.server === server)
    const loaded = its.toSorted((a, b) => b.loaded_mb - a.loaded_mb)[0]
    const [idle, startUp] = ['idle_mb', 'start_up_ms'].map((name) => median(its.map((one) => one[name])))
    return [`${serverName(server)}${/[er]s256/.exec(server) ? `, ${loaded.algorithm}` : ''}`, figure(idle), figure(loaded.loaded_mb), figure(startUp)]
  })
  const head = ['', 'MB idle', `MB loaded, ${options.connections} connections`, 'ms until the first answer']
  const binary = binary_bytes == null ? '' : `\n\nThe binary has ${figure(binary_bytes / 2 ** 20)} MB, stripped.`
  return table(head, rows) + binary
}
