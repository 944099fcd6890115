// The stacks that sign in, one entry each. README.md says how to add one.
import { join } from 'node:path'

/**
 * @typedef {object} Stack
 * @property {string} name in the tests' names
 * @property {string} client the client_id, and the file under clients/
 * @property {(service: any, provider: any) => string[] | Promise<string[]>} command what starts the service
 * @property {string} start the page on which a person signs in
 */

const here = 'tests/libraries'
const built = join(process.env.CARGO_TARGET_DIR ?? 'target', 'debug')

/** @type {Stack[]} */
export const STACKS = [
  { name: 'Node with openid-client', client: 'node', start: '/', command: () => ['node', `${here}/node/app.mjs`] },
  { name: 'Python with Authlib', client: 'python', start: '/', command: () => ['/usr/bin/python3', `${here}/python/app.py`] },
  {
    name: 'Rails with omniauth_openid_connect',
    client: 'rails',
    start: '/',
    command: ({ port }) => ['rackup', '-E', 'production', '-s', 'webrick', '-o', 'localhost', '-p', String(port), `${here}/rails/config.ru`]
  },
  {
    name: 'Apache with mod_auth_openidc',
    client: 'apache',
    start: '/person.shtml',
    command: (_, { home }) => [`${here}/apache/start.sh`, home]
  },
  { name: 'Rust with openidconnect', client: 'rust', start: '/', command: () => [join(built, 'relying-service')] }
]
