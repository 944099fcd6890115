// A rehearsal: the keys of two servers change every few seconds, while people sign in at both all the time and services keep
// the keys exactly as long as they are told. No signature is ever one that they cannot verify.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { ALGORITHMS, clientFile, RelyingService } from './support/relying-service.mjs'
import { Servers } from './support/servers.mjs'

const SECONDS = 40
const LEAST_ROTATIONS = 3

/** @type {Servers} */ let servers
before(async () => {
  const clients = ALGORITHMS.map((algorithm) => [id(algorithm), clientFile(id(algorithm), algorithm)])
  servers = await Servers.start(Object.fromEntries(clients))
})
after(() => servers?.end())

function id(algorithm) {
  return `signed-${algorithm.toLowerCase()}`
}

test('keys of every algorithm change under continuous sign-ins, and no verification fails', async (t) => {
  const services = ALGORITHMS.map((algorithm) => new RelyingService(id(algorithm), algorithm, servers.urls))
  await Promise.all(services.map((service) => service.begins()))
  const end = Date.now() + SECONDS * 1000
  await Promise.all(services.map((service) => service.goesOnUntil(end)))

  const keys = servers.keys()
  for (const { algorithm, kids, verified, signIns } of services) {
    const own = keys.filter((key) => key.algorithm === algorithm)
    const signed = own.filter(({ kid }) => kids.has(kid))
    assert.ok(signed.length > LEAST_ROTATIONS, `${algorithm}: ${signed.length} keys signed in ${SECONDS} s`)
    assert.ok(signed.some(({ state }) => state === 'gone'), `${algorithm}: a key has lived its whole life`)
    assert.equal(own.filter(({ state }) => state === 'active').length, 1)
    assert.ok(signIns > SECONDS && verified > SECONDS, `${algorithm}: ${signIns} sign-ins, ${verified} signatures`)
    t.diagnostic(`${algorithm}: ${signed.length} keys signed, ${signIns} sign-ins, ${verified} signatures looked at`)
  }
})
