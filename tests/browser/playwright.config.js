// The browser tests: Debian's Chromium against the real binary. `make test-browser` runs them.
import { existsSync } from 'node:fs'

import { defineConfig } from '@playwright/test'

// The same browser without a window system needs two thirds of the time.
const CHROMIUM = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium']
const wide = { width: 1280, height: 800 }
const narrow = { width: 320, height: 640 }
// What a person does on the pages has to work with and without JavaScript, on a desk and on a phone; the rest once.
const EVERYWHERE = '**/everywhere/*.spec.js'

export default defineConfig({
  testDir: 'specs',
  outputDir: '../../target/browser-tests',
  globalSetup: './support/template.js',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  timeout: 90_000,
  reporter: [['list']],
  use: {
    launchOptions: {
      executablePath: CHROMIUM.find((path) => existsSync(path)),
      args: [
        '--font-render-hinting=none',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update'
      ]
    },
    screenshot: 'only-on-failure',
    actionTimeout: 30_000,
    navigationTimeout: 30_000
  },
  projects: [
    { name: 'wide', use: { viewport: wide } },
    { name: 'narrow', testMatch: EVERYWHERE, use: { viewport: narrow } },
    { name: 'wide-no-js', testMatch: EVERYWHERE, use: { viewport: wide, javaScript: false } },
    { name: 'narrow-no-js', testMatch: EVERYWHERE, use: { viewport: narrow, javaScript: false } }
  ]
})
