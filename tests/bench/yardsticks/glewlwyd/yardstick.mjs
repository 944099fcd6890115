// Debian's glewlwyd, as something that can be prepared and started.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const cwd = fileURLToPath(new URL('.', import.meta.url))

/** @param {'ES256' | 'RS256'} algorithm */
export function glewlwyd(algorithm) {
  return {
    name: `glewlwyd-${algorithm}`.toLowerCase(),
    prepare: ({ home, port }) => execFileSync('node', ['prepare.mjs', home, String(port), algorithm], { cwd, stdio: 'pipe' }),
    command: ({ home }) => ({ program: 'glewlwyd', args: [`--config-file=${join(home, 'glewlwyd.conf')}`] })
  }
}
