// An ordinary configuration of oidc-provider: one confidential client, sixteen people, and what ours does too.
import { join } from 'node:path'

import Provider from 'oidc-provider'

import { adapterOn } from './adapter.mjs'

export const CLIENT = { id: 'bench', secret: 'the-secret-of-the-bench-client', redirect_uri: 'https://client.example/cb' }
export const SCOPE = 'openid email profile'
/** The library gives offline_access only after a page of consent, so a refresh token is asked for by a scope of this name. */
export const OFFLINE_SCOPE = `${SCOPE} renewal`
export const PEOPLE = 16

/**
 * @param {string} home the directory of database and keys
 * @param {{ issuer: string, keys: { jwks: object, cookies: string[] }, synchronous?: 'FULL' | 'NORMAL' }} options
 */
export function provider(home, { issuer, keys, synchronous = 'FULL' }) {
  const [{ alg }] = keys.jwks.keys
  return new Provider(issuer, {
    adapter: adapterOn(join(home, 'yardstick.sqlite'), synchronous),
    jwks: keys.jwks,
    cookies: { keys: keys.cookies },
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [CLIENT.redirect_uri],
        grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
        id_token_signed_response_alg: alg
      }
    ],
    scopes: ['openid', 'renewal'],
    claims: {
      email: ['email', 'email_verified'],
      profile: ['name', 'given_name', 'family_name', 'preferred_name', 'birthdate', 'updated_at']
    },
    findAccount: (_context, accountId) => ({ accountId, claims: () => claims(accountId) }),
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      introspection: { enabled: true, allowedPolicy: () => true },
      revocation: { enabled: true }
    },
    interactions: { url: (_context, { uid }) => `/sign-in/${uid}` },
    issueRefreshToken: (_context, client, code) => client.grantTypeAllowed('refresh_token') && code.scopes.has('renewal'),
    // As ours: each is good for one use.
    rotateRefreshToken: true,
    pkce: { required: () => false },
    ttl: { AccessToken: 3600, AuthorizationCode: 60, ClientCredentials: 3600, Grant: 86400, IdToken: 1200, RefreshToken: 86400, Session: 86400 }
  })
}

function claims(sub) {
  return {
    sub,
    name: 'Asha Bennett',
    given_name: 'Asha',
    family_name: 'Bennett',
    preferred_name: 'Asha',
    birthdate: '1985-03-14',
    updated_at: 1_790_000_000,
    email: `${sub}@example.com`,
    email_verified: true
  }
}
