// docs/integrating.md shows files of this folder: a comment names the file, and the block of code after it is the file.
// Run as a program it writes the files into the document.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { root } from '../../browser/support/program.js'

const DOCUMENT = join(root, 'docs/integrating.md')
const SHOWN = /^( *)<!-- file: (\S+) -->\n( *```\w+\n)[^]*?^( *```)$/gm

export const read = () => readFileSync(DOCUMENT, 'utf8')

/** The document with each block as its file is now. */
export function withFiles(text) {
  return text.replace(SHOWN, (_, indent, file, opening, closing) => {
    const lines = readFileSync(join(root, file), 'utf8').trimEnd().split('\n')
    const shown = lines.map((line) => (line ? indent + line : line)).join('\n')
    return `${indent}<!-- file: ${file} -->\n${opening}${shown}\n${closing}`
  })
}

/** The files that it shows. */
export function shown(text) {
  return Array.from(text.matchAll(SHOWN), ([, , file]) => file)
}

/** The languages of its blocks that show no file. */
export function otherBlocks(text) {
  return Array.from(text.replace(SHOWN, '').matchAll(/^ *```(\w+)$/gm), ([, language]) => language)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(DOCUMENT, withFiles(read()))
