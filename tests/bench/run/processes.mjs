// What processes have used, as the kernel counts it.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

const TICKS = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

/** @param {number} pid @returns {number} CPU seconds of a process and of all that it has started */
export function cpuSeconds(pid) {
  let ticks = 0
  for (const [process, isRoot] of family(pid)) {
    const [own, ended] = times(process)
    // Those that ended are counted by who started them, and so once.
    ticks += own + (isRoot ? ended : 0)
  }
  return ticks / TICKS
}

/** @param {number} pid @returns {number} megabytes of memory that a process and its children hold */
export function residentMegabytes(pid) {
  let kilobytes = 0
  for (const [process] of family(pid)) {
    const text = read(`/proc/${process}/status`)
    kilobytes += Number(/^VmRSS:\s+(\d+) kB/m.exec(text)?.[1] ?? 0)
  }
  return kilobytes / 1024
}

/** @returns {number} who started a process */
export function parentOf(pid) {
  return Number(fields(pid)[1])
}

/** Lets a process and all that it has started, and will start, run on one core alone. */
export function pin(pid, core) {
  for (const [process] of family(pid)) {
    try {
      execFileSync('taskset', ['-a', '-c', '-p', String(core), String(process)], { stdio: 'pipe' })
    } catch (error) {
      if (readdirSync('/proc').includes(String(process))) throw error
    }
  }
}

/** @returns {[number, boolean][]} a process and its children, and whether it is the process itself */
function family(pid) {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(Number(name)) === pid)
  return [[pid, true], ...children.map((child) => [Number(child), false])]
}

function times(pid) {
  const [user, system, endedUser, endedSystem] = fields(pid).slice(11, 15).map(Number)
  return [(user || 0) + (system || 0), (endedUser || 0) + (endedSystem || 0)]
}

/** What stands after the name of the program in /proc/PID/stat: state, parent, ... */
function fields(pid) {
  return read(`/proc/${pid}/stat`).replace(/^.*\) /s, '').split(' ')
}

/** Nothing, when it has ended. */
function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
