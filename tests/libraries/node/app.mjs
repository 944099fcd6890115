import { promisify } from 'node:util'
import express from 'express'
import session from 'express-session'
import * as oidc from 'openid-client'

const { ISSUER, CLIENT_ID, CLIENT_SECRET, BASE_URL, SESSION_SECRET, PORT } = process.env
const SCOPE = 'openid profile email trn offline_access'

const provider = await oidc.discovery(new URL(ISSUER), CLIENT_ID, {}, oidc.ClientSecretBasic(CLIENT_SECRET), {
  // The ID token's signature is checked too. Only the provider on your own machine goes without https.
  execute: [oidc.enableNonRepudiationChecks, ...(ISSUER.startsWith('http://localhost:') ? [oidc.allowInsecureRequests] : [])]
})

const app = express()
const cookie = { httpOnly: true, sameSite: 'lax', secure: BASE_URL.startsWith('https:') }
app.use(session({ secret: SESSION_SECRET, resave: false, saveUninitialized: false, cookie }))

app.get('/', (request, response) => {
  const { person } = request.session
  if (!person) return response.send('<form action="/sign-in"><button>Sign in</button></form>')
  const shown = JSON.stringify(person, null, 2).replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  response.send(`<pre>${shown}</pre>
    <form method="post" action="/refresh"><button>Refresh</button></form>
    <form method="post" action="/sign-out"><button>Sign out</button></form>`)
})

app.get('/sign-in', async (request, response) => {
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier()
  const checks = { pkceCodeVerifier, expectedState: oidc.randomState(), expectedNonce: oidc.randomNonce() }
  request.session.checks = checks
  const address = oidc.buildAuthorizationUrl(provider, {
    redirect_uri: `${BASE_URL}/callback`,
    scope: SCOPE,
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256'
  })
  response.redirect(address.href)
})

app.get('/callback', async (request, response) => {
  const { checks } = request.session
  if (!checks) return response.redirect('/')
  const answer = new URL(request.originalUrl, BASE_URL)
  const tokens = await oidc.authorizationCodeGrant(provider, answer, { ...checks, idTokenExpected: true })
  const person = await personOf(tokens, tokens.claims().sub)
  // A new session, so that nobody holds its cookie from before.
  await promisify(request.session.regenerate).call(request.session)
  Object.assign(request.session, { person, idToken: tokens.id_token, refreshToken: tokens.refresh_token })
  response.redirect('/')
})

// New tokens without the person. Each refresh token is good for one use: keep the new one.
app.post('/refresh', async (request, response) => {
  const { person, refreshToken } = request.session
  const tokens = await oidc.refreshTokenGrant(provider, refreshToken)
  request.session.person = await personOf(tokens, person.claims.sub)
  request.session.refreshToken = tokens.refresh_token
  response.redirect('/')
})

app.post('/sign-out', async (request, response) => {
  const { idToken } = request.session
  await promisify(request.session.destroy).call(request.session)
  const there = { id_token_hint: idToken, post_logout_redirect_uri: `${BASE_URL}/` }
  response.redirect(oidc.buildEndSessionUrl(provider, there).href)
})

// The TRN is in the ID token; name and email are in userinfo.
async function personOf(tokens, sub) {
  return { claims: tokens.claims(), userinfo: await oidc.fetchUserInfo(provider, tokens.access_token, sub) }
}

app.use((error, request, response, next) => {
  if (!(error instanceof oidc.AuthorizationResponseError)) return next(error)
  response.status(403).type('text').send(`You are not signed in: ${error.error}`)
})

app.listen(PORT, 'localhost')
