// What an operation cannot do without, however it is written: so many answers over HTTP, signatures, looks at a table, commits.
// An access token for ourselves is sealed, not signed (docs/decisions/0017).

/** @type {Record<string, Record<string, number>>} how many of each part an operation takes */
export const OPERATIONS = {
  discovery: { answer: 1 },
  jwks: { answer: 1 },
  // The token is opened; its grant and the account are read.
  userinfo: { answer: 1, open: 1, select: 2 },
  // The client's secret; the token is opened and its grant read.
  introspection: { form: 1, hmac: 1, open: 1, select: 1 },
  // An access token alone, which nobody keeps.
  client_credentials: { form: 1, hmac: 1, seal: 1 },
  // The next refresh token is written; grant and account are read.
  refresh: { form: 1, hmac: 1, sign: 1, seal: 1, select: 2, commit: 1 },
  // Authorize: the session is read, and the code could carry what it is for (docs/decisions/0020 says why ours is written down, which
  // the floor does not allow for). Token: that the code was used is written, and the account read. Userinfo.
  code_exchange: { answer: 2, form: 1, hmac: 1, sign: 1, seal: 2, open: 2, select: 4, commit: 1 }
}

/** @param {'sqlite' | 'postgres'} database @param {string} algorithm @returns {Record<string, string>} what the program `floor` calls a part */
export function namesOf(database, algorithm) {
  return {
    sign: `sign_${algorithm.toLowerCase()}`,
    seal: 'seal_300',
    open: 'open_300',
    hmac: 'hmac_100',
    // With many waiting, as they are under load.
    select: database === 'sqlite' ? 'sqlite_select' : 'postgres_select_by_8',
    commit: database === 'sqlite' ? 'sqlite_row_of_32' : 'postgres_commit_by_8'
  }
}

export const WORDS = {
  answer: ['answer', 'answers'],
  form: ['answer to a form', 'answers to forms'],
  sign: ['signature', 'signatures'],
  seal: ['seal', 'seals'],
  open: ['seal opened', 'seals opened'],
  hmac: ['HMAC', 'HMACs'],
  select: ['look at a row', 'looks at rows'],
  commit: ['row committed', 'rows committed']
}
