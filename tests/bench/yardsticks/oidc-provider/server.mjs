// npm's oidc-provider, on what prepare.mjs left in HOME:
//
//     node server.mjs HOME PORT [FULL|NORMAL]
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'

import { commits } from './adapter.mjs'
import { provider } from './configuration.mjs'

const [home, port, synchronous] = process.argv.slice(2)
const keys = JSON.parse(readFileSync(join(home, 'keys.json'), 'utf8'))
const answer = provider(home, { issuer: `http://127.0.0.1:${port}`, keys, synchronous }).callback()

createServer((request, response) => {
  if (request.url === '/metrics') response.end(`store_commits_total ${commits.total}\n`)
  else answer(request, response)
}).listen(Number(port), '127.0.0.1')
