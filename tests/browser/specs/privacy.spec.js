// What is nobody else's business: the log, the page's address, what is left in the browser.
import { PRIYA, walk } from '../support/personas.js'
import { expect, test } from '../support/test.js'

test.use({ settings: { GAI__LOG__LEVEL: 'trace' } })

test('the log says nothing about the person, however much it says', async ({ person, world }) => {
  await person.signsInAt()
  const persona = { ...PRIYA, 'has-nino': { has_nino: 'yes' }, nino: { nino: 'YZ999997D' } }
  await walk(person, persona, 'email-code')
  const code = await person.code(PRIYA.email.email)
  await walk(person, persona)
  const { access_token: accessToken, id_token: idToken } = await person.tokens()
  expect(world.log.length).toBeGreaterThan(1000)
  const secrets = [code, 'priya', 'souza', '1998-12-05', 'YZ999997D', '1000008', 'South Downs', accessToken, idToken]
  for (const secret of secrets) expect(world.log.toLowerCase(), secret).not.toContain(secret.toLowerCase())
})

test('no address that the browser keeps says anything about the person', async ({ person }) => {
  const addresses = []
  person.page.on('request', (request) => addresses.push(decodeURIComponent(request.url()).toLowerCase()))
  await person.signsInAt()
  await walk(person, PRIYA)
  for (const secret of ['priya', 'souza', '1998', '1000008']) {
    expect(addresses.filter((address) => address.includes(secret))).toEqual([])
  }
})

test('nothing comes from anywhere else', async ({ person, world }) => {
  const origins = new Set()
  person.page.on('request', (request) => origins.add(new URL(request.url()).origin))
  await person.signsInAt()
  await walk(person, PRIYA)
  expect([...origins].sort()).toEqual([world.url, world.demoUrl].sort())
})
