// The parameters of glewlwyd's plugin for OpenID Connect. Those of its form that are not named here stay as they are.
import { generateKeyPairSync } from 'node:crypto'

export const SCOPES = ['email', 'profile', 'service']

/** @param {string} issuer @param {'ES256' | 'RS256'} algorithm */
export function plugin(issuer, algorithm) {
  const { privateKey, publicKey } =
    algorithm === 'RS256' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    module: 'oidc',
    name: 'oidc',
    display_name: 'OpenID Connect',
    parameters: {
      iss: issuer,
      'jwt-type': algorithm === 'RS256' ? 'rsa' : 'ecdsa',
      'jwt-key-size': '256',
      key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
      cert: publicKey.export({ type: 'spki', format: 'pem' }),
      'jwks-show': true,
      'access-token-duration': 3600,
      'refresh-token-duration': 86400,
      'code-duration': 60,
      'refresh-token-rolling': false,
      // As ours: each is good for one use.
      'refresh-token-one-use': 'always',
      'allow-non-oidc': true,
      'auth-type-code-enabled': true,
      'auth-type-client-enabled': true,
      'auth-type-refresh-enabled': true,
      'introspection-revocation-allowed': true,
      'introspection-revocation-allow-target-client': true,
      'name-claim': 'on-demand',
      'name-claim-scope': ['profile'],
      'email-claim': 'on-demand',
      'email-claim-scope': ['email'],
      'subject-type': 'public'
    }
  }
}
