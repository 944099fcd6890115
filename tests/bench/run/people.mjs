// Who comes for the first time comes once: each run gets people of its own.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Puts some of them into a file of their own, at most half. @param {string} folder with new-people.csv @returns {string} that file */
export function setAside(folder, count) {
  const all = join(folder, 'new-people.csv')
  const [head, ...people] = readFileSync(all, 'utf8').trimEnd().split('\n')
  const rest = people.slice(Math.min(count, people.length / 2))
  const file = join(folder, 'set-aside.csv')
  writeFileSync(file, [head, ...people.slice(0, people.length - rest.length), ''].join('\n'))
  writeFileSync(all, [head, ...rest, ''].join('\n'))
  return file
}

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
