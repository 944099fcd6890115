// How the benchmark looks at servers, and in which order.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { optionsFrom } from './options.mjs'
import { everything, inOrder } from './plan.mjs'
import { cpuSeconds, residentMegabytes } from './processes.mjs'
import { Served } from './served.mjs'

const ours = (name) => ({ name })
const rows = everything({ sqlite: ours('ours-sqlite'), postgres: ours('ours-postgres'), besides: ours('ours-postgres-same-core') })
const asked = (env) => inOrder(rows, optionsFrom(env).only).map(({ server, algorithm, scenario }) => `${server.name} ${algorithm} ${scenario}`)

test('servers with one algorithm follow each other in each scenario', () => {
  const exchanges = asked({ ONLY: 'code_exchange' })
  assert.equal(exchanges.length, 11)
  assert.deepEqual(exchanges.map((run) => run.split(' ')[1]), [...Array(6).fill('ES256'), ...Array(5).fill('RS256')])
  assert.equal(exchanges[0], 'ours-sqlite ES256 code_exchange')
})

test('every run comes once', () => {
  assert.equal(new Set(asked({})).size, asked({}).length)
})

test('what is no number is refused', () => {
  assert.equal(optionsFrom({ SECONDS: '8' }).seconds, 8)
  assert.throws(() => optionsFrom({ SECONDS: 'soon' }), /SECONDS=soon/)
  assert.throws(() => optionsFrom({ ROUNDS: '-1' }), /ROUNDS=-1/)
})

test('the time of a process and of those that it started is counted, and their memory', async () => {
  const work = "require('child_process').execFileSync('node', ['-e', 'while (process.cpuUsage().user < 300000);'])"
  const busy = spawn('node', ['-e', `${work}; setTimeout(() => {}, 60_000)`])
  try {
    while (cpuSeconds(busy.pid) < 0.3) await sleep(50)
    assert.ok(residentMegabytes(busy.pid) > 0)
  } finally {
    busy.kill()
  }
})

test('a server that ends before it answers says what it wrote', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'served-'))
  t.after(() => rm(folder, { recursive: true }))
  const command = { program: 'sh', args: ['-c', 'echo no database >&2'] }
  await assert.rejects(Served.start(command, 'http://127.0.0.1:9/', { log: join(folder, 'log') }), /does not answer.*no database/s)
})
