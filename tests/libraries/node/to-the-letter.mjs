// A service with openid-client that keeps to further specs. FEATURES says which: private_key_jwt, public (no
// secret at all), par (RFC 9126), jar (RFC 9101), jarm, dpop (RFC 9449).
import * as oidc from 'openid-client'

import { ownKey } from '../support/own-key.mjs'
import { serve } from '../support/web-service.mjs'

const { ISSUER, CLIENT_ID, CLIENT_SECRET, BASE_URL, FEATURES } = process.env
const has = (feature) => FEATURES.split(' ').includes(feature)

const algorithms = { id_token_signed_response_alg: 'ES256', authorization_signed_response_alg: 'ES256' }
const authentication = has('private_key_jwt')
  ? oidc.PrivateKeyJwt(ownKey)
  : has('public') ? oidc.None() : oidc.ClientSecretPost(CLIENT_SECRET)
const execute = [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks]
if (has('jarm')) execute.push(oidc.useJwtResponseMode)
const provider = await oidc.discovery(new URL(ISSUER), CLIENT_ID, has('es256') ? algorithms : {}, authentication, { execute })
const proofs = has('dpop') ? { DPoP: oidc.getDPoPHandle(provider, await oidc.randomDPoPKeyPair()) } : {}

async function begins() {
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier()
  const checks = { pkceCodeVerifier, expectedState: oidc.randomState(), expectedNonce: oidc.randomNonce() }
  let params = new URLSearchParams({
    redirect_uri: `${BASE_URL}/callback`,
    scope: 'openid profile email trn offline_access',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256'
  })
  if (has('jar')) params = (await oidc.buildAuthorizationUrlWithJAR(provider, params, ownKey)).searchParams
  if (!has('par')) return { address: oidc.buildAuthorizationUrl(provider, params), checks }
  return { address: await oidc.buildAuthorizationUrlWithPAR(provider, params, proofs), checks }
}

async function takes(answer, checks) {
  return withUserinfo(await oidc.authorizationCodeGrant(provider, answer, { ...checks, idTokenExpected: true }, undefined, proofs))
}

async function refreshes({ refreshToken }) {
  return withUserinfo(await oidc.refreshTokenGrant(provider, refreshToken, undefined, proofs), refreshToken)
}

// A client held to FAPI goes on with the refresh token that it has.
async function withUserinfo(tokens, refreshToken) {
  const claims = tokens.claims()
  const userinfo = await oidc.fetchUserInfo(provider, tokens.access_token, claims.sub, proofs)
  return { person: { claims, userinfo }, kept: { idToken: tokens.id_token, refreshToken: tokens.refresh_token ?? refreshToken } }
}

function leaves({ idToken }) {
  return oidc.buildEndSessionUrl(provider, { id_token_hint: idToken, post_logout_redirect_uri: `${BASE_URL}/` })
}

serve({ begins, takes, refreshes, leaves })
