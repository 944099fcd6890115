// The PostgreSQL server that scripts/with-postgres.sh has started for us.
import { execFileSync } from 'node:child_process'

import { cpuSeconds, parentOf, pin } from './processes.mjs'

export class Postgres {
  #url
  #pid

  /** @param {string} url a superuser on the database "postgres" */
  constructor(url) {
    this.#url = url
  }

  /** @param {string} database @param {string} [template] the database that it is a copy of */
  create(database, template = 'template0') {
    this.asks(`CREATE DATABASE ${database} TEMPLATE ${template}`)
    return this.of(database)
  }

  drop(database) {
    this.asks(`DROP DATABASE IF EXISTS ${database}`)
  }

  of(database) {
    const url = new URL(this.#url)
    url.pathname = `/${database}`
    return url.href
  }

  asks(statement, database = 'postgres') {
    return execFileSync('psql', [this.of(database), '--no-psqlrc', '-qAtX', '-c', statement], { encoding: 'utf8' }).trim()
  }

  /** As after a quiet night: nothing left to be tidied up while somebody measures. */
  settles(database) {
    this.asks('VACUUM ANALYZE', database)
    this.asks('CHECKPOINT', database)
  }

  pin(core) {
    pin(this.#postmaster, core)
  }

  /** @returns {number} CPU seconds of all its processes so far */
  cpuSeconds() {
    return cpuSeconds(this.#postmaster)
  }

  /** @returns {number} how many were committed so far, those that only read among them */
  transactions(database) {
    return Number(this.asks(`SELECT xact_commit FROM pg_stat_database WHERE datname = '${database}'`))
  }

  /** The settings that say whether what was committed is kept. */
  get durability() {
    const names = ['fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method', 'shared_buffers']
    return Object.fromEntries(names.map((name) => [name, this.asks(`SHOW ${name}`)]))
  }

  get version() {
    return this.asks('SHOW server_version')
  }

  get #postmaster() {
    this.#pid ??= parentOf(Number(this.asks("SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'")))
    return this.#pid
  }
}
