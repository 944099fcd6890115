// Sets Debian's glewlwyd up as its administrator would, by its own API, and signs sixteen people in:
//
//     node prepare.mjs HOME PORT ES256|RS256
//
// HOME gets the database in WAL mode, glewlwyd.conf, and target.json, which tells the load program whom to ask for what.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { Served } from '../../run/served.mjs'
import { Administrator, signedIn } from './administrator.mjs'
import { plugin, SCOPES } from './plugin.mjs'

const PEOPLE = 16
const CLIENT = { id: 'bench', secret: 'the-secret-of-the-bench-client', redirect_uri: 'https://client.example/cb' }
const SCHEMA = '/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3'

const [home, port, algorithm] = process.argv.slice(2)
const issuer = `http://127.0.0.1:${port}`
const configuration = join(home, 'glewlwyd.conf')
const database = join(home, 'glewlwyd.sqlite')

execFileSync('sqlite3', [database, `.read ${SCHEMA}`])
execFileSync('sqlite3', [database, 'PRAGMA journal_mode = WAL'])
writeFileSync(configuration, configured())
const served = await Served.start({ program: 'glewlwyd', args: [`--config-file=${configuration}`] }, `${issuer}/config`, { log: join(home, 'log') })
try {
  writeFileSync(join(home, 'target.json'), JSON.stringify(await target(), null, 2))
} finally {
  await served.stop()
}

/** Debian's own configuration, with our port, our files, and no word in a log. */
function configured() {
  const ours = {
    port,
    bind_address: '"127.0.0.1"',
    external_url: `"${issuer}"`,
    log_mode: '"console"',
    log_level: '"NONE"'
  }
  let text = readFileSync('/etc/glewlwyd/glewlwyd.conf', 'utf8').replace(/^@include .*$/m, `database = { type = "sqlite3"; path = "${database}"; };`)
  for (const [name, value] of Object.entries(ours)) text = text.replace(new RegExp(`^#? *${name}=.*$`, 'm'), `${name}=${value}`)
  return text
}

async function target() {
  const administrator = await Administrator.signsIn(issuer)
  for (const name of SCOPES) await administrator.adds('scope', { name, display_name: name, description: name, password_required: false })
  await administrator.adds('mod/plugin', plugin(issuer, algorithm))
  await administrator.adds('client', {
    client_id: CLIENT.id,
    name: CLIENT.id,
    confidential: true,
    // Kept as it is: a password of the client would be hashed, and slower to check.
    client_secret: CLIENT.secret,
    token_endpoint_auth_method: ['client_secret_basic'],
    redirect_uri: [CLIENT.redirect_uri],
    authorization_type: ['code', 'refresh_token', 'client_credentials'],
    scope: ['service'],
    enabled: true
  })
  const browsers = []
  for (let number = 1; number <= PEOPLE; number++) browsers.push(await person(administrator, `teacher${number}`))
  return {
    name: `glewlwyd ${algorithm}`,
    issuer,
    discovery: '/api/oidc/.well-known/openid-configuration',
    jwks: '/api/oidc/jwks',
    authorize: '/api/oidc/auth',
    token: '/api/oidc/token',
    userinfo: '/api/oidc/userinfo',
    introspection: '/api/oidc/introspect',
    client: { ...CLIENT, scope: 'openid email profile', offline_scope: 'openid email profile' },
    client_credentials_scope: 'service',
    pkce: false,
    browsers,
    // How its own page of sign-in says that the person has seen it.
    extra_authorize: '&g_continue'
  }
}

/** @returns the cookie of a browser in which a new person is signed in, and has agreed */
async function person(administrator, username) {
  const password = 'a password of sixteen people'
  const email = `${username}@example.com`
  await administrator.adds('user', { username, password, name: 'Asha Bennett', email, scope: ['openid', 'email', 'profile'], enabled: true })
  const browser = await signedIn(issuer, username, password)
  await browser.agrees(CLIENT.id, 'openid email profile')
  return browser.cookie
}
