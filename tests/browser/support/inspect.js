// What has to hold on every page that anybody sees.
import { expect } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

// GOV.UK Frontend marks a radio that reveals a question with aria-expanded, which ARIA 1.2 does not allow there, and
// keeps it because screen readers tell it to people, to whom it helps (alphagov/govuk-frontend issue 979).
const KNOWN = /^aria-allowed-attr: <input class="govuk-radios__input"[^>]* aria-controls="conditional-[^>]* aria-expanded="\w+">$/
const NEW_EACH_TIME = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|localhost:\d+/g
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Pages that were found to be in order: who sees just the same has no need of a second look. @type {Set<string>} */
const inOrder = new Set()

/** @param {import('@playwright/test').Page} page */
export async function inspect(page, javaScript, setScripting) {
  const where = new URL(page.url()).pathname
  const seen = await page.evaluate(() => ({
    headings: Array.from(document.querySelectorAll('h1'), (heading) => heading.innerText.trim()),
    hasErrors: document.querySelector('.govuk-error-summary') !== null,
    focused: document.activeElement?.className ?? '',
    html: document.documentElement.outerHTML,
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth
  }))
  expect(seen.headings, `${where} has one heading`).toHaveLength(1)
  expect(await page.title(), `the title of ${where}`).toMatch(seen.hasErrors ? /^Error: / : /^(?!Error: )/)
  expect(await page.title(), `the title of ${where}`).toContain(seen.headings[0])
  expect(seen.overflow, `${where} can be scrolled sideways`).toBeLessThanOrEqual(0)
  if (seen.hasErrors && javaScript) expect(seen.focused, `the focus on ${where}`).toContain('govuk-error-summary')
  const look = [page.viewportSize()?.width, javaScript, seen.html.replaceAll(NEW_EACH_TIME, '')].join()
  if (inOrder.has(look)) return
  expect(await violations(page, javaScript, setScripting), `axe on ${where}`).toEqual([])
  inOrder.add(look)
}

// Without JavaScript axe would wait forever for a timer, so scripts run again for as long as it looks; those of the
// page itself have had their chance and do not.
async function violations(page, javaScript, setScripting) {
  const look = `axe.run(document, ${JSON.stringify({ runOnly: RULES, resultTypes: ['violations'] })})`
  if (!javaScript) await setScripting(true)
  const found = await page.evaluate(`(() => { if (!window.axe) { ${AXE} } return ${look} })()`)
  if (!javaScript) await setScripting(false)
  const told = found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
  return told.filter((violation) => !KNOWN.test(violation))
}
