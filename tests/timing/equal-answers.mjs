// Does the page after an email address tell whether we know the address? Asks the binary about known and unknown ones, in an
// order drawn at random, and says how long the answers took and whether the pages are the same. A measurement, not a test:
// what it says depends on what else the machine does.
import { randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'

import { Running } from '../browser/support/program.js'
import { freePort } from '../support/ports.mjs'
import { describe, mannWhitney, welch } from './statistics.mjs'
import { Visitor } from './visitor.mjs'

const TIMES = Number(process.argv[2] ?? 2000)
/** So many accounts there are; each is asked about several times. */
const ACCOUNTS = 100
const WARM_UP = 100

const plenty = Object.fromEntries(
  ['SEND', 'TRY'].flatMap((act) =>
    ['PER_ADDRESS', 'PER_KNOWN_BROWSER', 'PER_JOURNEY', 'PER_PREFIX', 'IN_ALL'].map((of) => [
      `GAI__CODE_BUDGETS__${act}_${of}`,
      '100000 in 1h'
    ])
  )
)

const home = await mkdtemp(join(tmpdir(), 'timing-'))
const port = await freePort()
const url = `http://127.0.0.1:${port}`
const server = await Running.start(['serve'], {
  ...plenty,
  GAI__SERVER__ISSUER: url,
  GAI__SERVER__LISTEN: `127.0.0.1:${port}`,
  GAI__DATABASE__URL: `sqlite://${join(home, 'timing.sqlite')}`,
  GAI__LOG__LEVEL: 'error'
})
try {
  await measure()
} finally {
  await server.stop()
  await rm(home, { recursive: true })
}

async function measure() {
  // The others have proved their address as well, and stop there: an account is all that they lack.
  for (let number = 0; number < ACCOUNTS; number++) {
    await registers(await proves(address('known', number)))
    await proves(address('other', number))
  }
  const kinds = [...Array(TIMES).fill('known'), ...Array(TIMES).fill('other')]
  for (let at = kinds.length - 1; at > 0; at--) {
    const other = randomInt(at + 1)
    ;[kinds[at], kinds[other]] = [kinds[other], kinds[at]]
  }
  for (let number = 0; number < WARM_UP; number++) await asks(address('warmup', number))

  const took = { known: { post: [], get: [] }, other: { post: [], get: [] } }
  const pages = new Set()
  const asked = { known: 0, other: 0 }
  const load = loadavg()[0]
  for (const kind of kinds) {
    // Each address as often as any other: one that was asked about before has a code that has to be ended.
    const answer = await asks(address(kind, asked[kind]++ % ACCOUNTS))
    took[kind].post.push(answer.post)
    took[kind].get.push(answer.get)
    pages.add(answer.page)
  }
  report(took, pages, [load, loadavg()[0]])
}

/** All addresses are of one length. */
function address(kind, number) {
  return `${kind.padEnd(6, 'x')}${String(number).padStart(4, '0')}@example.com`
}

/** Both requests, and what came back, with the address and the ids taken out. */
async function asks(email) {
  const visitor = await new Visitor(url).startsJourney()
  const post = await visitor.submits('email', { email })
  if (post.status !== 303 || !post.location.endsWith('/email-code')) throw new Error(`${post.status} ${post.location}`)
  const get = await visitor.looksAt('email-code')
  if (get.status !== 200) throw new Error(`${get.status} ${get.text}`)
  const page = plain([headers(post), post.text, headers(get), get.text].join('\n'), visitor.id, email)
  return { post: post.took, get: get.took, page }
}

function headers({ status, headers }) {
  const { date, ...told } = headers
  return `${status} ${Boolean(date)} ${JSON.stringify(told)}`
}

function plain(text, id, email) {
  return text
    .replaceAll(id, 'JOURNEY')
    .replaceAll(email, 'ADDRESS')
    .replaceAll(/"x-request-id":"[^"]+"/g, '"x-request-id":"ID"')
}

async function proves(email) {
  const visitor = await new Visitor(url).startsJourney()
  await visitor.submits('email', { email })
  const [newest] = await (await fetch(`${url}/dev/outbox.json?to=${encodeURIComponent(email)}`)).json()
  const proved = await visitor.submits('email-code', { one_time_code: newest.one_time_code })
  if (!proved.location?.endsWith('/no-account')) throw new Error(`${email}: ${proved.status} ${proved.location}`)
  return visitor
}

async function registers(visitor) {
  const born = { 'date_of_birth-day': '14', 'date_of_birth-month': '3', 'date_of_birth-year': '1985' }
  await visitor.submits('no-account', {})
  await visitor.submits('mobile', { without: 'true' })
  await visitor.submits('official-name', { first_name: 'Asha', last_name: 'Bennett', has_previous_name: 'no' })
  await visitor.submits('preferred-name', { preferred_name: 'Asha' })
  await visitor.submits('date-of-birth', born)
  // All of them have one name and one birthday; for the first nobody asks.
  await visitor.submits('existing-account', { account: 'none' })
  const end = await visitor.submits('check-answers', {})
  if (!end.location?.endsWith('/finished')) throw new Error(`no account: ${end.status} ${end.location}`)
}

function report(took, pages, load) {
  const number = (value) => value.toFixed(3).padStart(9)
  console.log(`${TIMES} known and ${TIMES} unknown addresses; ${cpus().length} cores, load ${load.map((l) => l.toFixed(1)).join(' to ')}`)
  console.log('milliseconds        mean    median  std. dev.')
  for (const [act, words] of [['post', 'POST email'], ['get', 'GET email-code']]) {
    for (const [kind, of] of [['known', 'known'], ['other', 'unknown']]) {
      const { mean, median, variance } = describe(took[kind][act])
      console.log(`${words}, ${of}`.padEnd(24), number(mean), number(median), number(Math.sqrt(variance)))
    }
    const [known, other] = [took.known[act], took.other[act]]
    console.log(`  Welch t ${welch(known, other).toFixed(2)}, Mann-Whitney z ${mannWhitney(known, other).toFixed(2)}`)
  }
  console.log(pages.size === 1 ? 'The answers are equal, byte for byte, but for address and ids.' : `The answers are of ${pages.size} kinds:`)
  if (pages.size > 1) console.log([...pages].slice(0, 2).join('\n----\n'))
}
