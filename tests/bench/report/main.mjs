// Puts var/bench/results.json and, where there is one, var/bench/scale.json into docs/performance.md and its pictures, and
// prints what was to be reached.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { root } from '../../browser/support/program.js'
import { withSections } from './document.mjs'
import { report } from './report.mjs'

const DOCUMENT = join(root, 'docs/performance.md')

const results = measured('results')
if (!results) throw new Error('nothing was measured yet: make bench')
const { sections, pictures } = report(results, measured('scale'))
writeFileSync(DOCUMENT, withSections(readFileSync(DOCUMENT, 'utf8'), sections))
for (const [name, picture] of Object.entries(pictures)) writeFileSync(join(root, `docs/images/performance-${name}.svg`), picture)
console.log(`${sections.results}\n\n${sections.targets}`)

function measured(name) {
  const file = join(root, 'var/bench', `${name}.json`)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}
