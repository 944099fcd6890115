// Where and with what was measured.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

import { root } from '../../browser/support/program.js'

/** @param {string} home the directory of the databases */
export function machine(home) {
  const cpu = Object.fromEntries(asked('lscpu').split('\n').map((line) => line.split(/:\s+/)))
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: asked('git', 'rev-parse', '--short=10', 'HEAD'),
    changed: asked('git', 'status', '--porcelain', '--untracked-files=no') !== '',
    // Machines of one name may be three times as quick as each other.
    cpu: `${cpu['Model name']} (family ${cpu['CPU family']}, model ${cpu.Model})`,
    cores: Number(cpu['CPU(s)']),
    memory_gb: Math.round(Number(/MemTotal:\s+(\d+)/.exec(readFileSync('/proc/meminfo', 'utf8'))[1]) / 2 ** 20),
    kernel: asked('uname', '-sr'),
    system: /^PRETTY_NAME="(.*)"/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1],
    file_system: fileSystemOf(home),
    versions: {
      rust: asked('rustc', '--version').split(' ')[1],
      node: process.versions.node,
      'oidc-provider': locked('oidc-provider'),
      'better-sqlite3': locked('better-sqlite3'),
      glewlwyd: asked('dpkg-query', '-W', '-f', '${Version}', 'glewlwyd')
    }
  }
}

/** @returns {string} such as "ext4"; a database in memory would be no measure of one that is kept */
export function fileSystemOf(home) {
  return asked('findmnt', '-no', 'FSTYPE', '-T', home)
}

function locked(name) {
  const lock = JSON.parse(readFileSync(new URL('../yardsticks/oidc-provider/package-lock.json', import.meta.url), 'utf8'))
  return lock.packages[`node_modules/${name}`].version
}

function asked(program, ...args) {
  return execFileSync(program, args, { cwd: root, encoding: 'utf8' }).trim()
}
