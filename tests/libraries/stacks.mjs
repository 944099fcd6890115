// The stacks that sign in, one entry each. README.md says how to add one.
import { join } from 'node:path'

/**
 * @typedef {object} Stack
 * @property {string} name in the tests' names
 * @property {string} client the client_id, and the file under clients/
 * @property {(service: { port: number }, provider: { home: string }) => string[]} command what starts the service
 * @property {string} [start] the page on which a person signs in, if it is not the first one
 * @property {string} [callback] the path of its redirect URI, if it is not /callback
 * @property {boolean} [hearsOfSignOuts] by back-channel logout
 * @property {string} [features] what its program uses beyond the usual, in words with spaces between
 * @property {string[]} [shows] the files that docs/integrating.md shows
 */

const here = 'tests/libraries'
const built = join(process.env.CARGO_TARGET_DIR ?? 'target', 'debug')

/** @type {Stack[]} */
export const STACKS = [
  {
    name: 'Node with openid-client',
    client: 'node',
    command: () => ['node', `${here}/node/app.mjs`],
    shows: [`${here}/node/app.mjs`, `${here}/clients/node.toml`]
  },
  {
    name: 'Node with oauth4webapi',
    client: 'oauth4webapi',
    command: () => ['node', `${here}/oauth4webapi/app.mjs`]
  },
  {
    name: 'Node with openid-client, by a key',
    client: 'node-key',
    command: () => ['node', `${here}/node/to-the-letter.mjs`],
    features: 'private_key_jwt'
  },
  {
    name: 'Node with oauth4webapi, by a key and with signed requests',
    client: 'oauth4webapi-key',
    command: () => ['node', `${here}/oauth4webapi/app.mjs`],
    features: 'private_key_jwt jar'
  },
  {
    name: 'Node with openid-client, without a secret',
    client: 'node-public',
    command: () => ['node', `${here}/node/to-the-letter.mjs`],
    features: 'public'
  },
  {
    // As ASP.NET Core does it by itself from .NET 9 on.
    name: 'Node with openid-client, with pushed requests',
    client: 'node-par',
    command: () => ['node', `${here}/node/to-the-letter.mjs`],
    features: 'par'
  },
  {
    name: 'Node with openid-client, with pushed and signed requests and signed answers',
    client: 'node-signed',
    command: () => ['node', `${here}/node/to-the-letter.mjs`],
    features: 'private_key_jwt par jar jarm'
  },
  {
    name: 'Node with oauth4webapi, with pushed and signed requests and signed answers',
    client: 'oauth4webapi-signed',
    command: () => ['node', `${here}/oauth4webapi/app.mjs`],
    features: 'private_key_jwt par jar jarm'
  },
  {
    name: 'Node with openid-client, held to FAPI 2.0',
    client: 'node-fapi',
    command: () => ['node', `${here}/node/to-the-letter.mjs`],
    features: 'private_key_jwt par dpop es256'
  },
  {
    name: 'Node with oauth4webapi, held to FAPI 2.0 and its message signing',
    client: 'oauth4webapi-fapi',
    command: () => ['node', `${here}/oauth4webapi/app.mjs`],
    features: 'private_key_jwt par jar jarm dpop es256'
  },
  {
    name: 'Python with Authlib',
    client: 'python',
    // Debian's, whatever else is installed.
    command: () => ['/usr/bin/python3', `${here}/python/app.py`],
    shows: [`${here}/python/app.py`]
  },
  {
    name: 'Rails with omniauth_openid_connect',
    client: 'rails',
    callback: '/auth/get_an_identity/callback',
    command: ({ port }) => {
      const server = ['-E', 'production', '-s', 'webrick', '-o', 'localhost', '-p', String(port)]
      return ['/usr/bin/rackup', ...server, `${here}/rails/config.ru`]
    },
    shows: [
      `${here}/rails/config/initializers/omniauth.rb`,
      `${here}/rails/config/routes.rb`,
      `${here}/rails/app/controllers/sessions_controller.rb`,
      `${here}/rails/app/views/sessions/show.html.erb`
    ]
  },
  {
    name: 'Apache with mod_auth_openidc',
    client: 'apache',
    command: (_, { home }) => [`${here}/apache/start.sh`, home],
    start: '/person.shtml',
    hearsOfSignOuts: true,
    shows: [`${here}/apache/openidc.conf`]
  },
  {
    name: 'Rust with openidconnect',
    client: 'rust',
    command: () => [join(built, 'relying-service')],
    shows: [`${here}/rust/src/main.rs`]
  }
]
