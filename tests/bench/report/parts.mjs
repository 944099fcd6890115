// What an operation cannot do without, however it is written: so many answers over HTTP, signatures, looks at a table, commits.
// Our access tokens are signed as ID tokens are, so a token response takes two signatures.

/** @type {Record<string, Record<string, number>>} how many of each part an operation takes */
export const OPERATIONS = {
  discovery: { answer: 1 },
  jwks: { answer: 1 },
  // The token is verified; its grant and the account are read.
  userinfo: { answer: 1, verify: 1, select: 2 },
  // The client's secret; the token is verified and its grant read.
  introspection: { form: 1, hmac: 1, verify: 1, select: 1 },
  // An access token alone, which nobody keeps.
  client_credentials: { form: 1, hmac: 1, sign: 1 },
  // The next refresh token is written; grant and account are read.
  refresh: { form: 1, hmac: 1, sign: 2, select: 2, commit: 1 },
  // Authorize: the session is read. Token: the account is read, and that the authorization_code was used is written. Userinfo.
  code_exchange: { answer: 2, form: 1, hmac: 1, sign: 2, verify: 1, select: 4, commit: 1 }
}

/** @param {'sqlite' | 'postgres'} database @param {string} algorithm @returns {Record<string, string>} what the program `floor` calls a part */
export function namesOf(database, algorithm) {
  const signature = algorithm.toLowerCase()
  return {
    sign: `sign_${signature}`,
    verify: `verify_${signature}`,
    hmac: 'hmac_sha256_100_bytes',
    select: `${database}_select`,
    // With many waiting, as they are under load.
    commit: database === 'sqlite' ? 'sqlite_commit_row_of_32' : 'postgres_commit'
  }
}

export const WORDS = {
  answer: ['answer', 'answers'],
  form: ['answer to a form', 'answers to forms'],
  sign: ['signature', 'signatures'],
  verify: ['verification', 'verifications'],
  hmac: ['HMAC', 'HMACs'],
  select: ['look at a row', 'looks at rows'],
  commit: ['commit', 'commits']
}
