// Which server does what, and in which order: servers that are compared run one after the other, all in each round.
import { glewlwyd } from '../yardsticks/glewlwyd/yardstick.mjs'
import { oidcProvider } from '../yardsticks/oidc-provider/yardstick.mjs'
import { BARE, bareAs } from './bare.mjs'

/** What HTTP costs by itself. */
const ANSWERS = ['answer', 'answer_form']
const DOCUMENTS = ['discovery', 'jwks']
const READING = ['userinfo', 'introspection']
const WRITING = ['client_credentials', 'refresh', 'code_exchange']
const SIGN_INS = ['sign_in_returning', 'sign_in_first']
/** All that the yardsticks do. */
const THEIRS = [...DOCUMENTS, ...READING, ...WRITING]
/** All that our own server does. */
const OURS = [...THEIRS, ...SIGN_INS]
/** The order in which the rounds go through them. */
export const SCENARIOS = [...ANSWERS, ...OURS]

/**
 * @param {import('./ours.mjs').Ours} sqlite @param {import('./ours.mjs').Ours} postgres @param {import('./ours.mjs').Ours} besides
 *   the same, with PostgreSQL on the server's own core
 */
export function everything({ sqlite, postgres, besides }) {
  return [
    row(BARE, '-', ANSWERS),
    row(sqlite, 'ES256', OURS),
    ...DOCUMENTS.map((scenario) => row(bareAs(scenario, sqlite), '-', [scenario])),
    row(sqlite, 'RS256', WRITING),
    row(postgres, 'ES256', OURS),
    row(postgres, 'RS256', WRITING),
    row(besides, 'ES256', [...WRITING, ...SIGN_INS]),
    row(oidcProvider('ES256', 'FULL'), 'ES256', THEIRS),
    row(oidcProvider('RS256', 'FULL'), 'RS256', WRITING),
    row(oidcProvider('ES256', 'NORMAL'), 'ES256', [...READING, ...WRITING]),
    row(oidcProvider('RS256', 'NORMAL'), 'RS256', WRITING),
    row(glewlwyd('ES256'), 'ES256', THEIRS),
    row(glewlwyd('RS256'), 'RS256', WRITING)
  ]
}

/** What a sign-in costs each of our servers. @param {import('./ours.mjs').Ours[]} servers */
export function signIns(servers) {
  return servers.map((server) => row(server, 'ES256', ['code_exchange', ...SIGN_INS]))
}

/** @param {string} only a pattern @returns the runs of one round */
export function inOrder(rows, only) {
  const pattern = new RegExp(only)
  const runs = SCENARIOS.flatMap((scenario) => {
    const measured = rows.filter(({ scenarios }) => scenarios.includes(scenario))
    return measured.map(({ server, algorithm }) => ({ server, algorithm, scenario })).sort(byAlgorithm)
  })
  return runs.filter(({ server, algorithm, scenario }) => pattern.test(`${server.name} ${algorithm} ${scenario}`))
}

function row(server, algorithm, scenarios) {
  return { server, algorithm, scenarios }
}

function byAlgorithm(one, other) {
  return one.algorithm.localeCompare(other.algorithm)
}
