// The npm package oidc-provider, as something that can be prepared and started.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const cwd = fileURLToPath(new URL('.', import.meta.url))

/** @param {'ES256' | 'RS256'} algorithm @param {'FULL' | 'NORMAL'} synchronous */
export function oidcProvider(algorithm, synchronous) {
  return {
    name: `oidc-provider-${algorithm}-${synchronous}`.toLowerCase(),
    metrics: '/metrics',
    prepare: ({ home, port }) => execFileSync('node', ['prepare.mjs', home, String(port), algorithm], { cwd, stdio: 'pipe' }),
    command: ({ home, port }) => ({
      program: 'node',
      args: ['server.mjs', home, String(port), synchronous],
      cwd,
      env: { NODE_ENV: 'production' }
    })
  }
}
