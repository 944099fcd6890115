// Which pictures the page has.
import { growths } from './scale.mjs'
import { find } from './summary.mjs'
import { figure, scenarioName, serverName } from './words.mjs'

const REQUESTS = ['discovery', 'jwks', 'userinfo', 'introspection', 'client_credentials', 'refresh']

/** @param {import('./summary.mjs').Summary[]} all @param {object | null} scale @returns {Record<string, object>} plots for `bars`, by name */
export function plots(all, scale) {
  const drawn = {
    'code-exchange': {
      title: 'Code exchanges a second',
      description: 'How many code exchanges each server does in a second on one core.',
      unit: 'authorize with a session, token, userinfo; one core for the server',
      bars: scenarioBars(all, 'code_exchange')
    },
    requests: {
      title: 'Times as quick as npm oidc-provider',
      description: 'How many times as many requests ours on SQLite answers as oidc-provider does, on SQLite too and as safely.',
      unit: 'ours on SQLite beside oidc-provider with synchronous=FULL, tokens by ES256',
      bars: REQUESTS.flatMap((scenario) => timesBar(all, scenario))
    },
    'sign-ins': {
      title: 'Whole sign-ins a second',
      description: 'How many people sign in with us in a second, on one core.',
      unit: 'every page, the code from the letter, and the exchange',
      bars: ['sign_in_returning', 'sign_in_first'].flatMap((scenario) => scenarioBars(all, scenario, `${scenarioName(scenario)}: `))
    },
    scale: {
      title: 'What an operation costs with more accounts',
      description: 'Microseconds of CPU of an operation at the least and at the most accounts.',
      unit: 'microseconds of CPU, those of PostgreSQL included',
      bars: scale ? scaleBars(scale) : []
    }
  }
  return Object.fromEntries(Object.entries(drawn).filter(([, { bars }]) => bars.length))
}

function scenarioBars(all, scenario, before = '') {
  const measured = all.filter((one) => one.scenario === scenario && !one.isVoid).toSorted((a, b) => b.per_second - a.per_second)
  return measured.map(({ server, algorithm, per_second }) => ({
    label: `${before}${short(server)}, ${algorithm}`,
    value: per_second,
    text: figure(per_second),
    kind: server.startsWith('ours') ? 'ours' : 'theirs'
  }))
}

function timesBar(all, scenario) {
  const [ours, theirs] = ['ours-sqlite', 'oidc-provider-es256-full'].map((server) => find(all, server, scenario, 'ES256'))
  if (!ours || !theirs || ours.isVoid || theirs.isVoid) return []
  const value = ours.per_second / theirs.per_second
  return [{ label: scenarioName(scenario), value, text: `${figure(value)} ×`, kind: 'ours' }]
}

function scaleBars(scale) {
  const sizes = [scale.sizes[0], scale.sizes.at(-1)]
  return growths(scale).flatMap(({ server, scenario, costs }) =>
    [costs[0], costs.at(-1)].flatMap((value, at) => {
      const label = `${scenarioName(scenario)}, ${server === 'ours-sqlite' ? 'SQLite' : 'PostgreSQL'}, ${sizes[at].accounts.toLocaleString('en-GB')}`
      return value == null ? [] : [{ label, value, text: figure(value), kind: at === 0 ? 'theirs' : 'ours' }]
    })
  )
}

/** There is little room. */
function short(server) {
  return serverName(server).replace('Get an Identity', 'ours').replace('npm ', '')
}
