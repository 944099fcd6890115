// Each yardstick does what it is measured by: only what works is a measure.
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'

import { freePort } from '../../support/ports.mjs'
import { Served } from '../run/served.mjs'
import { Exchange } from './exchange.mjs'
import { glewlwyd } from './glewlwyd/yardstick.mjs'
import { oidcProvider } from './oidc-provider/yardstick.mjs'

const YARDSTICKS = [
  { yardstick: oidcProvider('ES256', 'FULL'), alg: 'ES256' },
  { yardstick: oidcProvider('RS256', 'NORMAL'), alg: 'RS256' },
  { yardstick: glewlwyd('ES256'), alg: 'ES256' },
  { yardstick: glewlwyd('RS256'), alg: 'RS256' }
]

for (const { yardstick, alg } of YARDSTICKS) {
  describe(yardstick.name, () => {
    let home, served, target, service
    before(async () => {
      home = await mkdtemp(join(tmpdir(), 'yardstick-'))
      const place = { home, port: await freePort() }
      yardstick.prepare(place)
      target = JSON.parse(await readFile(join(home, 'target.json'), 'utf8'))
      served = await Served.start(yardstick.command(place), target.issuer + target.discovery, { log: join(home, 'log') })
      service = new Exchange(target)
    })
    after(async () => {
      await served?.stop()
      await rm(home, { recursive: true })
    })

    test('discovery names the endpoints that the load program calls', async () => {
      const { issuer, ...told } = await service.discovery()
      assert.equal(issuer, target.issuer)
      for (const [name, path] of Object.entries({
        jwks_uri: target.jwks,
        authorization_endpoint: target.authorize,
        token_endpoint: target.token,
        userinfo_endpoint: target.userinfo,
        introspection_endpoint: target.introspection
      })) {
        assert.equal(told[name], issuer + path, name)
      }
    })

    test('each of sixteen browsers signs in without a page, as somebody else', async () => {
      const people = new Set()
      for (let browser = 0; browser < 16; browser++) {
        const tokens = await service.signsIn(browser)
        const claims = await service.claimsOf(tokens.id_token)
        assert.deepEqual([claims.alg, claims.iss, claims.nonce], [alg, target.issuer, tokens.nonce])
        assert.equal([claims.aud].flat()[0], target.client.id)
        const told = await service.userinfo(tokens.access_token)
        assert.equal(told.sub, claims.sub)
        assert.ok(told.name && told.email, JSON.stringify(told))
        people.add(claims.sub)
      }
      assert.equal(people.size, 16)
    })

    test('a token is known when it is asked about', async () => {
      const { access_token } = await service.signsIn(0)
      assert.equal((await service.introspects(access_token)).active, true)
      assert.equal((await service.introspects('made-up')).active, false)
    })

    test('a refresh token is good for one use and brings the next', async () => {
      const first = await service.signsIn(1, target.client.offline_scope)
      const second = await service.token({ grant_type: 'refresh_token', refresh_token: first.refresh_token })
      assert.ok(second.access_token)
      assert.notEqual(second.refresh_token, first.refresh_token)
      assert.ok((await service.token({ grant_type: 'refresh_token', refresh_token: second.refresh_token })).refresh_token)
      await assert.rejects(service.token({ grant_type: 'refresh_token', refresh_token: first.refresh_token }), /token: 400/)
    })

    test('the client gets a token in its own name', async () => {
      const scope = target.client_credentials_scope
      const { access_token } = await service.token({ grant_type: 'client_credentials', ...(scope && { scope }) })
      assert.ok(access_token)
    })
  })
}
