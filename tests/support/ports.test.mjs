import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { firstEphemeral, freePort } from './ports.mjs'

const PORTS = 100
const asked = `
  import { freePort } from ${JSON.stringify(fileURLToPath(new URL('./ports.mjs', import.meta.url)))}
  const ports = []
  for (let left = ${PORTS}; left > 0; left--) ports.push(await freePort())
  console.log(JSON.stringify(ports))`

test('the port of a server that is stopped for a while is given to nobody else meanwhile', async () => {
  const ports = await Promise.all(Array.from({ length: PORTS }, freePort))
  assert.equal(new Set(ports).size, PORTS)
  assert.ok(Math.max(...ports) < firstEphemeral())
})

test('tests that run side by side are given different ports', async () => {
  const ask = () => promisify(execFile)(process.execPath, ['--input-type=module', '--eval', asked])
  const answers = await Promise.all([ask(), ask(), ask()])
  const ports = answers.flatMap(({ stdout }) => JSON.parse(stdout))
  assert.equal(new Set(ports).size, 3 * PORTS)
})
