// Before all tests: a database with the sample teaching records and institution domains, and with signing keys, for every world to copy.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { freePort } from '../../support/ports.mjs'
import { run, Running } from './program.js'

export default async function makeTemplate() {
  const directory = await mkdtemp(join(tmpdir(), 'browser-tests-'))
  process.env.TEMPLATE_DATABASE = join(directory, 'template.sqlite')
  const port = await freePort()
  const settings = {
    GAI__DATABASE__URL: `sqlite://${process.env.TEMPLATE_DATABASE}`,
    GAI__SERVER__LISTEN: `127.0.0.1:${port}`
  }
  run(['migrate'], settings)
  run(['records', 'import', 'data/sample-records.csv'], settings)
  run(['domains', 'import', 'data/sample-domains.csv'], settings)
  await (await Running.start(['serve'], settings)).stop()
  return () => rm(directory, { recursive: true })
}
