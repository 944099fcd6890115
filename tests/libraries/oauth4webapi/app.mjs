// A service with oauth4webapi, which leaves every step to its caller. FEATURES says which of the further specs it keeps to:
// private_key_jwt, par (RFC 9126), jar (RFC 9101), jarm, dpop (RFC 9449).
import * as oauth from 'oauth4webapi'

import { ownKey } from '../support/own-key.mjs'
import { serve } from '../support/web-service.mjs'

const { ISSUER, CLIENT_ID, CLIENT_SECRET, BASE_URL, FEATURES } = process.env
const has = (feature) => FEATURES.split(' ').includes(feature)
const redirectUri = `${BASE_URL}/callback`
const scope = 'openid profile email trn offline_access'

const plainly = { [oauth.allowInsecureRequests]: true }
const issuer = new URL(ISSUER)
const provider = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, plainly))
const client = { client_id: CLIENT_ID }
if (has('es256')) Object.assign(client, { id_token_signed_response_alg: 'ES256', authorization_signed_response_alg: 'ES256' })
const authentication = has('private_key_jwt') ? oauth.PrivateKeyJwt(ownKey) : oauth.ClientSecretPost(CLIENT_SECRET)
const options = { ...plainly }
if (has('dpop')) options.DPoP = oauth.DPoP(client, await oauth.generateKeyPair('ES256'))

/** Once more, where the provider wants a nonce of its own in the proof (RFC 9449, section 8). */
function asks(act) {
  return act().catch((error) => (oauth.isDPoPNonceError(error) ? act() : Promise.reject(error)))
}

async function begins() {
  const verifier = oauth.generateRandomCodeVerifier()
  const checks = { verifier, state: oauth.generateRandomState(), nonce: oauth.generateRandomNonce() }
  const address = new URL(provider.authorization_endpoint)
  const params = {
    client_id: CLIENT_ID,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope,
    state: checks.state,
    nonce: checks.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(has('jarm') && { response_mode: 'jwt' })
  }
  address.search = new URLSearchParams(await pushed(await signed(params))).toString()
  return { address, checks }
}

async function signed(params) {
  if (!has('jar')) return params
  return { client_id: CLIENT_ID, request: await oauth.issueRequestObject(provider, client, params, ownKey) }
}

async function pushed(params) {
  if (!has('par')) return params
  const { request_uri } = await asks(async () => {
    const response = await oauth.pushedAuthorizationRequest(provider, client, authentication, params, options)
    return oauth.processPushedAuthorizationResponse(provider, client, response)
  })
  return { client_id: CLIENT_ID, request_uri }
}

async function takes(answer, { verifier, state, nonce }) {
  const params = has('jarm')
    ? await oauth.validateJwtAuthResponse(provider, client, answer, state, plainly)
    : oauth.validateAuthResponse(provider, client, answer, state)
  return asks(async () => {
    const response = await oauth.authorizationCodeGrantRequest(provider, client, authentication, params, redirectUri, verifier, options)
    const tokens = await oauth.processAuthorizationCodeResponse(provider, client, response, { expectedNonce: nonce, requireIdToken: true })
    // The library leaves the signature to its caller: where tokens come straight from us, TLS may stand in for it.
    await oauth.validateApplicationLevelSignature(provider, response, plainly)
    return withUserinfo(tokens)
  })
}

function refreshes({ refreshToken }) {
  return asks(async () => {
    const response = await oauth.refreshTokenGrantRequest(provider, client, authentication, refreshToken, options)
    return withUserinfo(await oauth.processRefreshTokenResponse(provider, client, response), refreshToken)
  })
}

// A client held to FAPI goes on with the refresh token that it has.
async function withUserinfo(tokens, refreshToken) {
  const claims = oauth.getValidatedIdTokenClaims(tokens)
  const userinfo = await asks(async () => {
    const response = await oauth.userInfoRequest(provider, client, tokens.access_token, options)
    return oauth.processUserInfoResponse(provider, client, claims.sub, response)
  })
  return { person: { claims, userinfo }, kept: { idToken: tokens.id_token, refreshToken: tokens.refresh_token ?? refreshToken } }
}

function leaves({ idToken }) {
  const address = new URL(provider.end_session_endpoint)
  address.search = new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: `${BASE_URL}/` }).toString()
  return address
}

serve({ begins, takes, refreshes, leaves })
