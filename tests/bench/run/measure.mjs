// One run: a server is started, loaded, looked at while it is, and stopped.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { Exchange } from '../yardsticks/exchange.mjs'
import { Letterbox } from './letterbox.mjs'
import { startLoad } from './load.mjs'
import { Metrics } from './metrics.mjs'
import { cpuSeconds, residentMegabytes } from './processes.mjs'
import { profiled } from './profile.mjs'
import { LOAD_CORE, SERVER_CORE } from './programs.mjs'
import { Served } from './served.mjs'

/** What the load program needs before its warm-up, in milliseconds: it signs in once with each browser. */
const PREPARATION = 500

/**
 * @param {{ server: object, algorithm: string, scenario: string }} run
 * @param {{ home: string, port: number, sink: number, newPeople?: () => string }} place
 * @param {{ seconds: number, warmUp: number, connections: number }} options
 */
export async function measure({ server, algorithm, scenario }, place, options) {
  const file = targetOf(server, algorithm, scenario, place)
  const target = JSON.parse(readFileSync(file, 'utf8'))
  const { issuer, discovery } = target
  const letterbox = new Letterbox(place.sink)
  await letterbox.open()
  server.database?.pin()
  const served = await Served.start(server.command(place), issuer + discovery, { log: join(place.home, 'log'), core: SERVER_CORE })
  const metrics = server.metrics && new Metrics(issuer + server.metrics)
  try {
    await letterbox.settles()
    const idle = residentMegabytes(served.pid)
    await metrics?.commits()
    if (target.client) await showsItsSecret(target)
    await letterbox.close()
    const [loaded, { first, last }] = await Promise.all([
      startLoad(file, scenario, { ...options, sink: place.sink, isAlone: server.database?.core !== LOAD_CORE }),
      watched(() => figuresOf(served.pid, metrics, server.database), options),
      profiled(served.pid, `${server.name}-${algorithm}-${scenario}`, options)
    ])
    await letterbox.open()
    await letterbox.settles()
    const memory = { idle_mb: idle, loaded_mb: last.resident, start_up_ms: served.startUp }
    return { server: server.name, algorithm, scenario, ...loaded, ...perOperation(first, last, loaded.per_second), ...memory }
  } finally {
    metrics?.end()
    await served.stop()
    server.database?.unpin()
    await letterbox.close()
  }
}

/** Once, as to a server that runs for longer than we measure: what a secret costs at first is not what a request costs. */
function showsItsSecret({ client_credentials_scope: scope, ...target }) {
  return new Exchange(target).token({ grant_type: 'client_credentials', ...(scope && { scope }) })
}

/** Who signs in by the pages asks for the TRN as well, which no other server has, and comes for the first time once. */
function targetOf(server, algorithm, scenario, place) {
  const prepared = join(place.home, server.targetFile?.(algorithm) ?? 'target.json')
  if (!scenario.startsWith('sign_in')) return prepared
  const { client, journey, ...target } = JSON.parse(readFileSync(prepared, 'utf8'))
  const asked = join(place.home, 'target-sign-in.json')
  const scope = `${client.scope} trn`
  const new_people = scenario === 'sign_in_first' ? place.newPeople() : journey.new_people
  writeFileSync(asked, JSON.stringify({ ...target, client: { ...client, scope }, journey: { ...journey, new_people } }))
  return asked
}

/** Looks twice within the time that counts. */
async function watched(figures, { seconds, warmUp }) {
  await sleep(warmUp * 1000 + PREPARATION)
  const first = await figures()
  await sleep(Math.max(seconds * 1000 - 2 * PREPARATION, PREPARATION))
  return { first, last: await figures() }
}

/** Each with the moment at which it was looked at: who is busy answers late. */
async function figuresOf(pid, metrics, database) {
  return {
    resident: residentMegabytes(pid),
    server_cpu_us: await at(() => cpuSeconds(pid) * 1e6),
    commits: metrics ? await at(() => metrics.commits()) : null,
    database_cpu_us: database ? await at(() => database.cpuSeconds() * 1e6) : null,
    database_transactions: database ? await at(() => database.transactions()) : null
  }
}

async function at(figure) {
  const began = performance.now()
  const value = await figure()
  return value === null ? null : { value, second: (began + performance.now()) / 2000 }
}

function perOperation({ resident: _, ...first }, last, perSecond) {
  const per = ([name, before]) => {
    if (!before || !perSecond) return [name, null]
    const after = last[name]
    return [name, (after.value - before.value) / (after.second - before.second) / perSecond]
  }
  return Object.fromEntries(Object.entries(first).map(per))
}
