// What servers and scenarios are called on the page, and how figures are written.

const SERVERS = {
  'ours-sqlite': 'Get an Identity, SQLite',
  'ours-postgres': 'Get an Identity, PostgreSQL on the other core',
  'ours-postgres-same-core': 'Get an Identity, PostgreSQL on the same core',
  'oidc-provider-es256-full': 'npm oidc-provider, SQLite FULL',
  'oidc-provider-rs256-full': 'npm oidc-provider, SQLite FULL',
  'oidc-provider-es256-normal': 'npm oidc-provider, SQLite NORMAL',
  'oidc-provider-rs256-normal': 'npm oidc-provider, SQLite NORMAL',
  'glewlwyd-es256': 'glewlwyd, SQLite',
  'glewlwyd-rs256': 'glewlwyd, SQLite',
  'bare-discovery': 'bare actix-web, as many bytes',
  'bare-jwks': 'bare actix-web, as many bytes'
}
const SCENARIOS = {
  discovery: 'Discovery',
  jwks: 'JWKS',
  userinfo: 'Userinfo',
  introspection: 'Introspection',
  client_credentials: 'Client credentials',
  refresh: 'Refresh',
  code_exchange: 'Code exchange',
  sign_in_returning: 'Returning sign-in',
  sign_in_first: 'First sign-in'
}

/** All that may be measured, in the order in which they are told. */
export const SERVER_ORDER = Object.keys(SERVERS)

export function serverName(key) {
  return SERVERS[key] ?? key
}

export function scenarioName(key) {
  return SCENARIOS[key] ?? key
}

/** Three digits that mean something, and commas: 12,345, 67.8, 1.23. */
export function figure(value) {
  if (value == null || !Number.isFinite(value)) return '–'
  const size = Math.abs(value)
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : 2
  return value.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** @param {number} value of microseconds */
export function milliseconds(value) {
  return figure(value == null ? value : value / 1000)
}

export function percent(part) {
  return `${Math.round(part * 100)} %`
}

export function times(ratio) {
  return ratio == null || !Number.isFinite(ratio) ? '–' : `${figure(ratio)} ×`
}

/** A table of Markdown: text to the left, figures to the right. @param {string[]} head @param {string[][]} rows */
export function table(head, rows) {
  const rule = head.map((_, at) => (at === 0 ? '---' : '---:'))
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
