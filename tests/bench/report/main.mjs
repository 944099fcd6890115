// Prints what was measured, and puts it into docs/performance.md and its pictures:
//
//     node main.mjs            what make bench has left in var/bench/results.json, and make bench-scale in scale.json
//     node main.mjs partial    what make bench has left where ONLY kept some of it out: prints it, and writes nothing
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { root } from '../../browser/support/program.js'
import { withSections } from './document.mjs'
import { report } from './report.mjs'

const DOCUMENT = join(root, 'docs/performance.md')

const [part] = process.argv.slice(2)
const [results, scale] = part ? [measured(part), null] : [measured('results'), measured('scale')]
if (!results && !scale) throw new Error('nothing was measured yet: make bench')
const { sections, pictures } = report(results, scale)
if (!part) {
  writeFileSync(DOCUMENT, withSections(readFileSync(DOCUMENT, 'utf8'), sections))
  for (const [name, picture] of Object.entries(pictures)) writeFileSync(join(root, `docs/images/performance-${name}.svg`), picture)
}
const { results: tables, targets, floor, memory, scale: growth } = sections
console.log([tables, floor, memory, growth, targets].filter(Boolean).join('\n\n'))

function measured(name) {
  const file = join(root, 'var/bench', `${name}.json`)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}
