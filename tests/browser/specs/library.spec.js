// An independent library agrees with us on the protocol, and every way to cheat at it is refused.
import * as library from 'openid-client'

import { ASHA, walk } from '../support/personas.js'
import { expect, test } from '../support/test.js'

/** Brings Asha to the service, with a code. */
async function signsIn(person, service, config, more) {
  const { address, checks } = await service.begins(config, more)
  await person.visits(address)
  await walk(person, ASHA)
  expect(service.answered.searchParams.get('code')).toBeTruthy()
  return checks
}

/** @param {Promise<unknown>} exchange */
async function refusal(exchange) {
  const error = await exchange.then(() => null, (error) => error)
  // A refusal that comes with a challenge is left to us to read.
  if (error instanceof library.WWWAuthenticateChallengeError) {
    return `${error.status} ${(await error.response.json()).error}`
  }
  expect(error, 'it is refused').toBeInstanceOf(library.ResponseBodyError)
  return `${error.status} ${error.error}`
}

for (const algorithm of ['RS256', 'ES256']) {
  test(`openid-client verifies an ID token signed with ${algorithm}`, async ({ person, newService }) => {
    const service = await newService(`library-${algorithm.toLowerCase()}`, { id_token_signed_response_alg: algorithm })
    const config = await service.discover(undefined, undefined, { id_token_signed_response_alg: algorithm })
    const checks = await signsIn(person, service, config)
    const { tokens, claims, userinfo } = await service.redeems(config, checks)
    expect(JSON.parse(atob(tokens.id_token.split('.')[0]))).toMatchObject({ alg: algorithm })
    expect(claims).toMatchObject({ trn: '1000001', trn_lookup_status: 'Found', aud: service.id })
    expect(userinfo).toMatchObject({ sub: claims.sub, trn: '1000001', email_verified: true })
  })
}

test('a client may send its secret in the form', async ({ person, newService }) => {
  const service = await newService('library-post')
  const config = await service.discover(undefined, library.ClientSecretPost(service.secret))
  const { claims } = await service.redeems(config, await signsIn(person, service, config))
  expect(claims.trn).toBe('1000001')
})

test('an answer by form_post or in the fragment carries the code too', async ({ person, newService }) => {
  const service = await newService('library-modes')
  const config = await service.discover()
  const { address } = await service.begins(config, { response_mode: 'fragment' })
  await person.visits(address)
  await walk(person, ASHA)
  expect(new URLSearchParams(new URL(person.page.url()).hash.slice(1)).get('code')).toBeTruthy()
  const posted = person.page.waitForRequest((request) => request.url() === service.redirectUri)
  await person.page.goto((await service.begins(config, { response_mode: 'form_post' })).address).catch(() => {})
  expect(new URLSearchParams((await posted).postData()).get('code')).toBeTruthy()
})

test('a code is good for one exchange, by its client, with its verifier and its secret', async ({ person, newService }) => {
  const [service, other] = [await newService('library-one'), await newService('library-two')]
  const config = await service.discover()
  const checks = await signsIn(person, service, config)

  other.answered = service.answered
  expect(await refusal(other.redeems(await other.discover(), checks))).toBe('400 invalid_grant')
  expect(await refusal(service.redeems(await service.discover('a wrong secret'), checks))).toBe('401 invalid_client')

  const again = await signsIn(person, service, config)
  const wrongVerifier = { ...again, pkceCodeVerifier: library.randomPKCECodeVerifier() }
  expect(await refusal(service.redeems(config, wrongVerifier))).toBe('400 invalid_grant')

  const last = await signsIn(person, service, config)
  const { tokens } = await service.redeems(config, last)
  expect(await refusal(service.redeems(config, last))).toBe('400 invalid_grant')
  const afterwards = library.fetchUserInfo(config, tokens.access_token, tokens.claims().sub)
  await expect(afterwards, 'a code that is used twice takes its tokens with it').rejects.toThrow()
})

test('a client asks what a token is worth, and gives it back', async ({ person, newService }) => {
  const service = await newService('library-tokens')
  const config = await service.discover()
  const { tokens, claims } = await service.redeems(config, await signsIn(person, service, config))
  const worth = await library.tokenIntrospection(config, tokens.access_token)
  expect(worth).toMatchObject({ active: true, sub: claims.sub, client_id: service.id, token_type: 'Bearer' })
  await library.tokenRevocation(config, tokens.access_token)
  expect(await library.tokenIntrospection(config, tokens.access_token)).toEqual({ active: false })
  await expect(library.fetchUserInfo(config, tokens.access_token, claims.sub)).rejects.toThrow()
})

test('a client that may be offline gets new tokens, and not twice for one refresh token', async ({ person, newService }) => {
  const service = await newService('library-offline', { scopes: ['openid', 'trn', 'offline_access'] })
  const config = await service.discover()
  const checks = await signsIn(person, service, config, { scope: 'openid trn offline_access' })
  const { tokens, claims } = await service.redeems(config, checks)
  const fresh = await library.refreshTokenGrant(config, tokens.refresh_token)
  expect(fresh.claims()).toMatchObject({ sub: claims.sub, auth_time: claims.auth_time, trn: '1000001' })
  expect(await library.fetchUserInfo(config, fresh.access_token, claims.sub)).toMatchObject({ trn: '1000001' })
  const last = await library.refreshTokenGrant(config, fresh.refresh_token)
  expect(await refusal(library.refreshTokenGrant(config, tokens.refresh_token))).toBe('400 invalid_grant')
  expect(await refusal(library.refreshTokenGrant(config, last.refresh_token)), 'all are revoked').toBe('400 invalid_grant')
})

test.describe('with a short-lived code', () => {
  test.use({ settings: { GAI__TOKENS__AUTHORIZATION_CODE: '5s' } })

  test('a code that has expired is refused', async ({ person, newService }) => {
    const service = await newService('library-late')
    const config = await service.discover()
    const checks = await signsIn(person, service, config)
    await new Promise((resolve) => setTimeout(resolve, 5_500))
    expect(await refusal(service.redeems(config, checks))).toBe('400 invalid_grant')
  })
})

test('nobody is sent to an address that the client did not register', async ({ person, newService }) => {
  const service = await newService('library-strict')
  const config = await service.discover()
  for (const redirectUri of [`${service.redirectUri}/`, `${service.redirectUri}?x=1`, 'http://localhost:1/callback']) {
    await person.visits((await service.begins(config, { redirect_uri: redirectUri })).address)
    expect(new URL(person.page.url()).origin).toBe(person.world.url)
  }
  await person.visits((await service.begins(config, { client_id: 'nobody' })).address)
  expect(new URL(person.page.url()).origin).toBe(person.world.url)
})

test('the demo service takes no answer that it did not ask for', async ({ person }) => {
  await person.signsInAt()
  await walk(person, ASHA, 'check-answers')
  const { request } = person.page.context()
  const follow = async (answer) => answer.headers().location
  const resume = person.journey.replace('/sign-in/', '/oauth2/authorize/')
  await request.post(person.page.url(), { form: {}, maxRedirects: 0 })
  const callback = new URL(await follow(await request.get(resume, { maxRedirects: 0 })))
  expect(callback.searchParams.get('code')).toBeTruthy()
  const tampered = new URL(callback)
  tampered.searchParams.set('state', `${callback.searchParams.get('state')}x`)
  await person.visits(tampered.href)
  await person.reads('This sign-in was not started in this browser')
  await person.visits(callback.href)
  expect((await person.tokens()).claims.trn).toBe('1000001')
  await person.visits(callback.href)
  await person.reads('has been finished already')
})
