// The report of a made-up run.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

import { root } from '../../browser/support/program.js'
import { withSections } from './document.mjs'
import { report } from './report.mjs'

const run = (server, scenario, per_second, more = {}) => ({
  round: 1,
  server,
  scenario,
  algorithm: 'ES256',
  per_second,
  p50_us: 1000,
  p99_us: 2000,
  server_cpu_us: 1e6 / per_second,
  database_cpu_us: null,
  commits: null,
  load_cpu_share: 0.2,
  idle_mb: 20,
  loaded_mb: 60,
  start_up_ms: 100,
  failures: 0,
  ...more
})
const theirs = 'oidc-provider-es256-full'
const results = (runs, floor = []) => ({
  machine: { date: '2026-11-30', commit: 'abc', cores: 2, cpu: 'a processor', versions: {}, durability: { fsync: 'on' } },
  options: { seconds: 5, warmUp: 2, rounds: 3, connections: 64, accounts: 100_000, records: 1_000_000 },
  binary_bytes: 20 * 2 ** 20,
  floor,
  runs
})
const told = (runs, { floor, scale = null } = {}) => report(results(runs, floor), scale)
const line = (text, start) => text.split('\n').find((one) => one.startsWith(`| ${start}`))

test('the middle one of three rounds is told, and how far apart they were', () => {
  const { sections } = told([1000, 1200, 1100].map((speed, at) => run('ours-sqlite', 'code_exchange', speed, { round: at + 1 })))
  assert.match(line(sections.results, 'Get an Identity, SQLite, ES256'), /\| 1,100 \| 18 % \|/)
})

test('ours is told as so many times what another does with the same algorithm, and a target is met or missed', () => {
  const runs = [run('ours-sqlite', 'code_exchange', 9000), run(theirs, 'code_exchange', 1000), run('ours-sqlite', 'userinfo', 19_000)]
  const { sections } = told(runs)
  assert.match(line(sections.results, 'npm oidc-provider, SQLite FULL, ES256'), /\| 9\.00 × \|$/)
  assert.match(line(sections.targets, 'Code exchange, ES256: times npm oidc-provider\'s with synchronous=FULL'), /\| 9\.00 × \| met \|/)
  assert.match(line(sections.targets, 'Userinfo'), /\| \*\*missed\*\* \|/)
  assert.match(line(sections.targets, 'First sign-in'), /not measured/)
})

test('a run with one failure in one round counts for nothing', () => {
  const runs = [run('ours-sqlite', 'code_exchange', 9000), run('ours-sqlite', 'code_exchange', 9000, { failures: 1 }), run(theirs, 'code_exchange', 1000)]
  const { sections, pictures } = told(runs)
  assert.match(line(sections.results, 'Get an Identity, SQLite'), /void: 1 failures/)
  assert.match(line(sections.results, 'npm oidc-provider'), /\| 1,000 \| 0 % \|[^×]*$/)
  assert.match(line(sections.targets, 'Code exchange, ES256'), /not measured/)
  assert.doesNotMatch(pictures['code-exchange'], /9,000/)
})

test('a row says when the load program was the limit', () => {
  const { sections } = told([run('ours-sqlite', 'jwks', 100_000, { load_cpu_share: 0.99 })])
  assert.match(line(sections.results, 'Get an Identity'), /100,000 †/)
})

test('an operation is held against the sum of its parts', () => {
  const floor = ['open_300', 'sqlite_select'].map((name) => ({ name, wall_us: 10, cpu_us: 10 }))
  const bare = ['answer', 'answer_form'].map((scenario) => run('bare', scenario, 100_000, { algorithm: '-', server_cpu_us: 10 }))
  // One answer, one token opened and two looks at rows: 40 µs.
  const { sections } = told([run('ours-sqlite', 'userinfo', 12_500), ...bare], { floor })
  assert.match(line(sections.floor, 'Userinfo, SQLite'), /\| 40\.0 \| 80\.0 \| 50 % \|/)
})

test('growth is told from the fewest accounts to the most', () => {
  const at = (accounts, cpu) => ({ accounts, runs: [run(`ours-sqlite-${accounts}`, 'sign_in_first', 100, { server_cpu_us: cpu })] })
  const { sections, pictures } = told([run('ours-sqlite', 'jwks', 1)], { scale: { sizes: [at(10_000, 5000), at(2_000_000, 5250)] } })
  assert.match(line(sections.scale, 'First sign-in, Get an Identity, SQLite'), /\| 5,000 \| 5,250 \| \+5\.00 % \| met \|/)
  assert.match(pictures.scale, /First sign-in, SQLite, 2,000,000/)
})

test('a picture says in words what it shows', () => {
  const { pictures } = told([run('ours-sqlite', 'code_exchange', 9000), run(theirs, 'code_exchange', 1000)])
  assert.match(pictures['code-exchange'], /<title id="title">Code exchanges a second<\/title>/)
  assert.match(pictures['code-exchange'], /<desc[^>]*>[^<]*ours, SQLite, ES256: 9,000; oidc-provider, SQLite FULL, ES256: 1,000\./)
})

test('the document has a place for each section, and keeps what stands around them', () => {
  const document = readFileSync(join(root, 'docs/performance.md'), 'utf8')
  const { sections, pictures } = told([run('ours-sqlite', 'jwks', 1)])
  const written = withSections(document, sections)
  assert.equal(withSections(written, sections), written)
  assert.equal(written.split('\n## ').length, document.split('\n## ').length)
  assert.ok(Object.keys(pictures).every((name) => document.includes(`images/performance-${name}.svg`)))
})
