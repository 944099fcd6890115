// What the benchmarks have in common: a folder on a real disk, servers that are prepared once, rounds, and a file of results.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { root } from '../../browser/support/program.js'
import { freePort } from '../../support/ports.mjs'
import { fileSystemOf } from './machine.mjs'
import { measure } from './measure.mjs'
import { shares } from './people.mjs'
import { inOrder } from './plan.mjs'

export class Bench {
  home = ''
  /** @type {object[]} */ runs = []
  /** What was seeded, by home. */
  seeded = {}
  #options
  #places = new Map()

  constructor(options) {
    this.#options = options
    if (fileSystemOf(tmpdir()) === 'tmpfs') throw new Error(`${tmpdir()} is in memory; TMPDIR has to name a directory on a disk`)
    this.home = mkdtempSync(join(tmpdir(), 'bench-'))
    // However it ends: it may be some gigabytes.
    process.once('exit', () => this.end())
  }

  /** @param {object[]} rows of the plan */
  async measures(rows) {
    const { rounds, only } = this.#options
    const runs = inOrder(rows, only)
    if (runs.length === 0) throw new Error('ONLY leaves nothing to be measured')
    const servers = runs.map(({ server }) => server)
    const ours = servers.filter(({ isOurs }) => isOurs)
    // Ours first: it says how much a server that only answers has to answer. The file and PostgreSQL are filled at the same time.
    await Promise.all([ours.filter(({ database }) => !database), ours.filter(({ database }) => database)].map((some) => this.#prepareAll(some, runs)))
    await this.#prepareAll(servers, runs)
    for (let round = 1; round <= rounds; round++) {
      for (const run of runs) {
        const result = { round, ...(await measure(run, this.#places.get(homeOf(run.server)), this.#options)) }
        this.runs.push(result)
        say(result)
      }
    }
  }

  end() {
    rmSync(this.home, { recursive: true, force: true })
  }

  async #prepareAll(servers, runs) {
    for (const server of servers) await this.#prepares(server, runs)
  }

  async #prepares(server, runs) {
    const name = homeOf(server)
    if (this.#places.has(name)) return
    console.log(`Preparing ${name}`)
    const place = { home: join(this.home, name), port: await freePort(), sink: await freePort() }
    mkdirSync(place.home)
    const seeded = await server.prepare(place, this.#options)
    if (server.isOurs) {
      this.seeded[name] = seeded
      const firsts = runs.filter((run) => homeOf(run.server) === name && run.scenario === 'sign_in_first').length
      if (firsts) place.newPeople = shares(join(place.home, 'people'), firsts * this.#options.rounds)
    }
    this.#places.set(name, place)
  }
}

/** @param {string} name @param {object} results */
export function keep(name, results) {
  const file = join(root, 'var/bench', `${name}.json`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1))

/** Servers on one database share a home. */
function homeOf(server) {
  return server.home ?? server.name
}

function say({ round, server, algorithm, scenario, per_second, p99_us, failures, load_cpu_share, failure_samples }) {
  const figures = `${per_second.toFixed(0).padStart(8)}/s, p99 ${(p99_us / 1000).toFixed(1)} ms, load ${Math.round(load_cpu_share * 100)} %`
  const trouble = failures || !per_second ? `  VOID: ${failures} failures. ${failure_samples.join('; ')}` : ''
  console.log(`${round} ${scenario.padEnd(18)} ${server.padEnd(28)} ${algorithm.padEnd(5)} ${figures}${trouble}`)
}
