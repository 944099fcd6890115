// A service with oauth4webapi, which leaves every step to its caller.
import * as oauth from 'oauth4webapi'

import { serve } from '../support/web-service.mjs'

const { ISSUER, CLIENT_ID, CLIENT_SECRET, BASE_URL } = process.env
const redirectUri = `${BASE_URL}/callback`
const options = { [oauth.allowInsecureRequests]: true }

const issuer = new URL(ISSUER)
const provider = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options))
const client = { client_id: CLIENT_ID }
const authentication = oauth.ClientSecretPost(CLIENT_SECRET)

async function begins() {
  const verifier = oauth.generateRandomCodeVerifier()
  const checks = { verifier, state: oauth.generateRandomState(), nonce: oauth.generateRandomNonce() }
  const address = new URL(provider.authorization_endpoint)
  address.search = new URLSearchParams({
    client_id: CLIENT_ID,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid profile email trn offline_access',
    state: checks.state,
    nonce: checks.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256'
  }).toString()
  return { address, checks }
}

async function takes(answer, { verifier, state, nonce }) {
  const params = oauth.validateAuthResponse(provider, client, answer, state)
  const response = await oauth.authorizationCodeGrantRequest(provider, client, authentication, params, redirectUri, verifier, options)
  const tokens = await oauth.processAuthorizationCodeResponse(provider, client, response, { expectedNonce: nonce, requireIdToken: true })
  // The library leaves the signature to its caller: where tokens come straight from us, TLS may stand in for it.
  await oauth.validateApplicationLevelSignature(provider, response, options)
  return withUserinfo(tokens, oauth.getValidatedIdTokenClaims(tokens))
}

async function refreshes({ refreshToken }) {
  const response = await oauth.refreshTokenGrantRequest(provider, client, authentication, refreshToken, options)
  const tokens = await oauth.processRefreshTokenResponse(provider, client, response)
  return withUserinfo(tokens, oauth.getValidatedIdTokenClaims(tokens))
}

async function withUserinfo(tokens, claims) {
  const response = await oauth.userInfoRequest(provider, client, tokens.access_token, options)
  const userinfo = await oauth.processUserInfoResponse(provider, client, claims.sub, response)
  return { person: { claims, userinfo }, kept: { idToken: tokens.id_token, refreshToken: tokens.refresh_token } }
}

function leaves({ idToken }) {
  const address = new URL(provider.end_session_endpoint)
  address.search = new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: `${BASE_URL}/` }).toString()
  return address
}

serve({ begins, takes, refreshes, leaves })
