// docs/integrating.md shows the programs that are run, and no others.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { STACKS } from './stacks.mjs'
import { otherBlocks, read, shown, withFiles } from './support/document.mjs'

test('each program in docs/integrating.md is the one that is run', () => {
  assert.equal(read(), withFiles(read()), 'make docs brings it up to date')
})

test('docs/integrating.md shows what a stack has to show, and nothing that is not run', () => {
  const run = STACKS.flatMap((stack) => stack.shows ?? [])
  assert.deepEqual(shown(read()).sort(), [...run].sort())
  // The commands of a shell, and the one program that the text says is not run.
  assert.deepEqual(otherBlocks(read()).sort(), ['csharp', 'sh'])
})
