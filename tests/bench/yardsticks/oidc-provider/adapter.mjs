// Where oidc-provider keeps what it remembers: one SQLite table, in WAL mode. Each call that writes is a transaction of its own,
// as it is with the adapters that the library's authors show.
import Database from 'better-sqlite3'

/** How many transactions were committed. */
export const commits = { total: 0 }

/** @param {string} file @param {'FULL' | 'NORMAL'} synchronous @returns {(model: string) => object} what `adapter` of the library takes */
export function adapterOn(file, synchronous) {
  const database = new Database(file)
  database.pragma('journal_mode = WAL')
  database.pragma(`synchronous = ${synchronous}`)
  database.exec(`
    CREATE TABLE IF NOT EXISTS entries (
      model TEXT NOT NULL, id TEXT NOT NULL, payload TEXT NOT NULL, expires_at INTEGER,
      grant_id TEXT, uid TEXT, user_code TEXT, PRIMARY KEY (model, id)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS entries_by_grant ON entries (grant_id) WHERE grant_id IS NOT NULL;
    CREATE INDEX IF NOT EXISTS entries_by_uid ON entries (uid) WHERE uid IS NOT NULL;
    CREATE INDEX IF NOT EXISTS entries_by_user_code ON entries (user_code) WHERE user_code IS NOT NULL;
  `)
  const statements = {
    upsert: database.prepare('INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)'),
    find: database.prepare('SELECT payload FROM entries WHERE model = ? AND id = ?').pluck(),
    findByUid: database.prepare('SELECT payload FROM entries WHERE model = ? AND uid = ?').pluck(),
    findByUserCode: database.prepare('SELECT payload FROM entries WHERE model = ? AND user_code = ?').pluck(),
    consume: database.prepare("UPDATE entries SET payload = json_set(payload, '$.consumed', unixepoch()) WHERE model = ? AND id = ?"),
    destroy: database.prepare('DELETE FROM entries WHERE model = ? AND id = ?'),
    revoke: database.prepare('DELETE FROM entries WHERE model = ? AND grant_id = ?')
  }
  return (model) => new Adapter(model, statements)
}

class Adapter {
  #model
  #statements

  constructor(model, statements) {
    this.#model = model
    this.#statements = statements
  }

  async upsert(id, payload, expiresIn) {
    const { grantId = null, uid = null, userCode = null } = payload
    const end = expiresIn ? Math.floor(Date.now() / 1000) + expiresIn : null
    this.#write('upsert', id, JSON.stringify(payload), end, grantId, uid, userCode)
  }

  async find(id) {
    return this.#read('find', id)
  }

  async findByUid(uid) {
    return this.#read('findByUid', uid)
  }

  async findByUserCode(userCode) {
    return this.#read('findByUserCode', userCode)
  }

  async consume(id) {
    this.#write('consume', id)
  }

  async destroy(id) {
    this.#write('destroy', id)
  }

  async revokeByGrantId(grantId) {
    this.#write('revoke', grantId)
  }

  #read(statement, key) {
    const payload = this.#statements[statement].get(this.#model, key)
    return payload && JSON.parse(payload)
  }

  #write(statement, ...values) {
    this.#statements[statement].run(this.#model, ...values)
    commits.total++
  }
}
