// People sign in, through the real binary, at services that are made with the libraries which real services use.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { ASHA, VICTOR, walk } from '../browser/support/personas.js'
import { Person } from './support/person.mjs'
import { Provider } from './support/provider.mjs'
import { Service } from './support/service.mjs'
import { STACKS } from './stacks.mjs'

const { ONLY } = process.env
const chosen = STACKS.filter((stack) => !ONLY || ONLY === stack.client)
assert.ok(chosen.length, `there is a stack ${ONLY}`)
const services = new Map(await Promise.all(chosen.map(async (stack) => [stack, await Service.of(stack)])))

/** @type {Provider} */ let provider
before(async () => {
  provider = await Provider.start([...services.values()])
})
after(async () => {
  await provider?.ends()
  assert.doesNotMatch(provider?.log ?? '', /ERROR|panicked/, 'nothing goes wrong in the provider')
})

for (const [stack, service] of services) {
  describe(stack.name, () => {
    before(() => service.start(provider))
    after(() => service.ends())

    /** A test that shows on failure what the service and the provider have said. */
    const told = (name, body) =>
      test(name, async () => {
        await body(new Person(provider)).catch((error) => {
          throw new Error(`${error.stack}\n\nThe service said:\n${service.log}\n\nThe provider said:\n${provider.log}`)
        })
      })

    told('signs somebody in, and is told who they are', async (person) => {
      await person.signsInAt(service, ASHA)
      const { claims, userinfo } = person.told
      assert.deepEqual([claims.aud].flat(), [service.client])
      assert.equal(userinfo.sub, claims.sub)
      assert.equal(userinfo.trn, '1000001')
      assert.equal(userinfo.trn_lookup_status, 'Found')
      assert.equal(userinfo.name, 'Asha Chidinma Okonkwo-Bennett')
      assert.equal(userinfo.email, ASHA.email.email)
      assert.equal(userinfo.email_verified, true)
    })

    told('gets new tokens without the person', async (person) => {
      await person.signsInAt(service, ASHA)
      const { claims } = person.told
      // Times in tokens have whole seconds.
      await sleep(1_100)
      await person.presses('Refresh')
      const fresh = person.told
      assert.ok(fresh.claims.iat > claims.iat, 'its ID token is a new one')
      assert.equal(fresh.claims.sub, claims.sub)
      assert.equal(fresh.claims.auth_time, claims.auth_time, 'of the same sign-in')
      assert.equal(fresh.userinfo.email, ASHA.email.email)
      await person.presses('Refresh')
      assert.equal(person.told.claims.sub, claims.sub, 'the new refresh token works too')
    })

    told('signs somebody out at the provider too', async (person) => {
      await person.signsInAt(service, ASHA)
      await person.startsAt(service)
      assert.ok(person.told, 'nobody who is signed in is asked again')
      await person.presses('Sign out')
      assert.ok(person.page.url().startsWith(service.url), `they come back, and not to ${person.page.url()}`)
      assert.ok(person.has('Sign in'), 'signed out here')
      await person.startsAt(service)
      assert.equal(person.path, 'email', 'and there')
    })

    if (stack.hearsOfSignOuts) {
      told('hears that somebody has signed out elsewhere', async (person) => {
        await person.signsInAt(service, ASHA)
        await person.visits(`${provider.url}/oauth2/end-session`)
        await person.presses('Sign out')
        // The provider tells it in its own time, and not through the browser.
        for (let times = 0; times < 50 && person.path !== 'email'; times++) {
          await sleep(200)
          await person.startsAt(service)
        }
        assert.equal(person.path, 'email', 'nobody is signed in here')
      })
    }

    told('is told of somebody who is kept out', async (person) => {
      await person.startsAt(service)
      await walk(person, VICTOR, 'finished')
      await person.follows(/^Back to /)
      assert.ok(person.page.url().startsWith(service.url), `they come back, and not to ${person.page.url()}`)
      assert.match(person.html, /access_denied/)
    })

    told('shows nothing as HTML that somebody made up', async (person) => {
      const made = new URLSearchParams({ error: '<b>x</b>', error_description: '<b>y</b>', state: 'a state' })
      await person.visits(`${service.url}${stack.callback ?? '/callback'}?${made}`)
      const isHtml = person.type.startsWith('text/html')
      assert.ok(!isHtml || !/<b>[xy]/.test(person.html), `${person.type}: ${person.html}`)
    })
  })
}
