// The pages of a service in Node, around what a library does. Each act gives what is shown of the person and what is kept.
import { promisify } from 'node:util'
import express from 'express'
import session from 'express-session'

import { jwks } from './own-key.mjs'

const { BASE_URL, SESSION_SECRET, PORT } = process.env

/**
 * @param {object} acts
 * @param {() => Promise<{ address: URL, checks: object }>} acts.begins where to send the person, and what to hold the answer against
 * @param {(answer: URL, checks: object) => Promise<{ person: object, kept: object }>} acts.takes the answer
 * @param {(kept: object) => Promise<{ person: object, kept: object }>} acts.refreshes without the person
 * @param {(kept: object) => URL} acts.leaves where to send the person to sign out
 */
export function serve({ begins, takes, refreshes, leaves }) {
  const app = express()
  app.use(session({ secret: SESSION_SECRET, resave: false, saveUninitialized: false, cookie: { sameSite: 'lax' } }))

  app.get('/', (request, response) => {
    const { person } = request.session
    if (!person) return response.send('<form action="/sign-in"><button>Sign in</button></form>')
    response.send(`<pre>${JSON.stringify(person).replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</pre>
      <form method="post" action="/refresh"><button>Refresh</button></form>
      <form method="post" action="/sign-out"><button>Sign out</button></form>`)
  })
  app.get('/jwks', (request, response) => response.json(jwks))
  app.get('/sign-in', async (request, response) => {
    const { address, checks } = await begins()
    request.session.checks = checks
    response.redirect(address.href)
  })
  app.get('/callback', async (request, response) => {
    Object.assign(request.session, await takes(new URL(request.originalUrl, BASE_URL), request.session.checks))
    response.redirect('/')
  })
  app.post('/refresh', async (request, response) => {
    Object.assign(request.session, await refreshes(request.session.kept))
    response.redirect('/')
  })
  app.post('/sign-out', async (request, response) => {
    const address = leaves(request.session.kept)
    await promisify(request.session.destroy).call(request.session)
    response.redirect(address.href)
  })
  app.use((error, request, response, next) => {
    if (error.name !== 'AuthorizationResponseError') return next(error)
    response.status(403).type('text').send(`You are not signed in: ${error.error}`)
  })
  app.listen(PORT, 'localhost')
}
