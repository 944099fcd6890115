// Ports for servers that the tests start, stop, and start again.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'

const RANGE = '/proc/sys/net/ipv4/ip_local_port_range'
const LOWEST = 12_000
/** Test files run side by side, each in a process of its own, and their numbers follow one another: so many ports lie between. */
const APART = 151
let taken = 0

/** @returns {number} the first port that the kernel gives to whoever connects to somebody */
export function firstEphemeral() {
  return Number(readFileSync(RANGE, 'utf8').split(/\s+/)[0])
}

/**
 * A port of the loopback address that nobody listens on. It is given to no connection of anybody, and to no other test, before
 * its server has started or while it is stopped.
 * @returns {Promise<number>}
 */
export async function freePort() {
  const span = firstEphemeral() - LOWEST
  for (;;) {
    const port = LOWEST + ((process.pid * APART + taken++) % span)
    if (await isFree(port)) return port
  }
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
