// What was measured, as parts of a document and as pictures.
import { bars } from './bars.mjs'
import { floorTables } from './floor.mjs'
import { machineText } from './machine.mjs'
import { memoryTable } from './memory.mjs'
import { plots } from './plots.mjs'
import { resultTables } from './results.mjs'
import { scaleTable } from './scale.mjs'
import { summaries } from './summary.mjs'
import { targetTable } from './targets.mjs'

/** @param {object | null} results @param {object | null} scale what was measured of the two */
export function report(results, scale) {
  const all = summaries(results?.runs ?? [])
  return {
    sections: { ...(results && sectionsOf(results, all)), ...(scale && { scale: scaleTable(scale) }) },
    pictures: Object.fromEntries(Object.entries(plots(all, scale)).map(([name, plot]) => [name, bars(plot)]))
  }
}

function sectionsOf(results, all) {
  return {
    machine: machineText(results),
    targets: targetTable(results, all),
    results: resultTables(all),
    floor: floorTables(results, all),
    memory: memoryTable(results, all)
  }
}
