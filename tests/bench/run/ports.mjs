// Ports for servers that are started and stopped many times.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'

const RANGE = '/proc/sys/net/ipv4/ip_local_port_range'
const LOWEST = 12_000
const given = new Set()

/** @returns {number} the first port that the kernel gives to whoever connects to somebody */
export function firstEphemeral() {
  return Number(readFileSync(RANGE, 'utf8').split(/\s+/)[0])
}

/** A free port that is not given to a connection of anybody while its server is stopped. @returns {Promise<number>} */
export async function lastingPort() {
  const highest = firstEphemeral()
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (highest - LOWEST))
    if (!given.has(port) && (await isFree(port))) {
      given.add(port)
      return port
    }
  }
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
