// Makes keys, and signs sixteen browsers in, as the library's own models write it:
//
//     node prepare.mjs HOME PORT ES256|RS256
//
// HOME gets the database, keys.json, and target.json, which tells the load program whom to ask for what.
import { createHmac, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { CLIENT, OFFLINE_SCOPE, PEOPLE, provider, SCOPE } from './configuration.mjs'

const DAY = 86400
const [home, port, alg] = process.argv.slice(2)
const issuer = `http://127.0.0.1:${port}`
const keys = { jwks: { keys: [signingKey()] }, cookies: [randomBytes(32).toString('base64url')] }
const ours = provider(home, { issuer, keys })
const browsers = []
for (let number = 1; number <= PEOPLE; number++) browsers.push(await signedIn(`teacher${number}`))

write('keys.json', keys)
write('target.json', {
  name: `oidc-provider ${alg}`,
  issuer,
  discovery: '/.well-known/openid-configuration',
  jwks: '/jwks',
  authorize: '/auth',
  token: '/token',
  userinfo: '/me',
  introspection: '/token/introspection',
  client: { ...CLIENT, scope: SCOPE, offline_scope: OFFLINE_SCOPE },
  client_credentials_scope: null,
  pkce: false,
  browsers,
  extra_authorize: ''
})

function signingKey() {
  const { privateKey } =
    alg === 'RS256' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { ...privateKey.export({ format: 'jwk' }), alg, use: 'sig', kid: randomUUID() }
}

/** @returns {Promise<string>} the cookies of a browser in which somebody is signed in, and has agreed */
async function signedIn(accountId) {
  const grant = new ours.Grant({ accountId, clientId: CLIENT.id })
  grant.addOIDCScope(OFFLINE_SCOPE)
  const session = new ours.Session()
  session.loginAccount({ accountId })
  session.ensureClientContainer(CLIENT.id)
  session.grantIdFor(CLIENT.id, await grant.save())
  await session.save(DAY)
  return signed('_session', session.jti)
}

/** A cookie and its signature, as the package keygrip makes it. */
function signed(name, value) {
  const signature = createHmac('sha1', keys.cookies[0]).update(`${name}=${value}`).digest('base64url')
  return `${name}=${value}; ${name}.sig=${signature}`
}

function write(name, content) {
  writeFileSync(join(home, name), JSON.stringify(content, null, 2))
}
