// Who comes for the first time comes once: each run gets people of its own.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** @param {string} folder with new-people.csv @param {number} runs how many share them @returns {() => string} the next file of people */
export function shares(folder, runs) {
  const [head, ...people] = readFileSync(join(folder, 'new-people.csv'), 'utf8').trimEnd().split('\n')
  const size = Math.floor(people.length / runs)
  let taken = 0
  return () => {
    const share = people.slice(taken * size, ++taken * size)
    if (share.length === 0) throw new Error(`everybody of ${folder} has signed in`)
    const file = join(folder, `share-${taken}.csv`)
    writeFileSync(file, [head, ...share, ''].join('\n'))
    return file
  }
}
