// One run: a server is started, loaded, looked at while it is, and stopped.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { startLoad } from './load.mjs'
import { cpuSeconds, residentMegabytes } from './processes.mjs'
import { SERVER_CORE } from './programs.mjs'
import { Served } from './served.mjs'

/** How long a server that has answered once is left alone before it is called idle. */
const REST = 500
/** What the load program needs before its warm-up, in milliseconds: it signs in once with each browser. */
const PREPARATION = 500

/**
 * @param {{ server: object, algorithm: string, scenario: string }} run
 * @param {{ home: string, port: number, sink: number }} place
 * @param {{ seconds: number, warmUp: number, connections: number, skip: number }} options
 */
export async function measure({ server, algorithm, scenario }, place, options) {
  const target = targetOf(server, algorithm, scenario, place)
  const { issuer, discovery } = JSON.parse(readFileSync(target, 'utf8'))
  server.database?.pin()
  const served = await Served.start(server.command(place), issuer + discovery, { log: join(place.home, 'log'), core: SERVER_CORE })
  try {
    await sleep(REST)
    const idle = residentMegabytes(served.pid)
    const figures = () => figuresOf(server, served.pid, issuer)
    const [loaded, { first, last }] = await Promise.all([
      startLoad(target, scenario, { ...options, sink: server.isOurs && place.sink }),
      watched(figures, options)
    ])
    const per = perOperation(first, last, loaded.per_second)
    const memory = { idle_mb: idle, loaded_mb: last.resident, start_up_ms: served.startUp }
    return { server: server.name, algorithm, scenario, ...loaded, ...per, ...memory }
  } finally {
    await served.stop()
  }
}

/** Who signs in by the pages asks for the TRN as well, which no other server has. */
function targetOf(server, algorithm, scenario, place) {
  const prepared = join(place.home, server.targetFile?.(algorithm) ?? 'target.json')
  if (!scenario.startsWith('sign_in')) return prepared
  const target = JSON.parse(readFileSync(prepared, 'utf8'))
  const asked = join(place.home, 'target-sign-in.json')
  writeFileSync(asked, JSON.stringify({ ...target, client: { ...target.client, scope: `${target.client.scope} trn` } }))
  return asked
}

/** Looks twice within the time that counts. */
async function watched(figures, { seconds, warmUp }) {
  await sleep(warmUp * 1000 + PREPARATION)
  const first = await figures()
  await sleep(Math.max(seconds * 1000 - 2 * PREPARATION, PREPARATION))
  return { first, last: await figures() }
}

async function figuresOf(server, pid, issuer) {
  return {
    at: performance.now() / 1000,
    cpu: cpuSeconds(pid),
    resident: residentMegabytes(pid),
    commits: server.metrics && (await commits(issuer + server.metrics)),
    ...(server.database && { database: server.database.figures() })
  }
}

/** Null when the server does not count them. */
async function commits(url) {
  const text = await (await fetch(url)).text()
  const lines = text.split('\n').filter((line) => /^store_commits_total\b/.test(line))
  return lines.length ? lines.reduce((total, line) => total + Number(line.split(' ').pop()), 0) : null
}

function perOperation(first, last, perSecond) {
  const operations = (last.at - first.at) * perSecond
  const per = (figure) => (operations > 0 ? figure / operations : null)
  return {
    server_cpu_us: per((last.cpu - first.cpu) * 1e6),
    commits: last.commits == null ? null : per(last.commits - first.commits),
    database_cpu_us: last.database ? per((last.database.cpu - first.database.cpu) * 1e6) : null,
    database_transactions: last.database ? per(last.database.transactions - first.database.transactions) : null
  }
}
