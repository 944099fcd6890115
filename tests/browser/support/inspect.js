// What has to hold on every page that anybody sees.
import { expect } from '@playwright/test'
import axe from 'axe-core'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** @param {import('@playwright/test').Page} page */
export async function inspect(page, javaScript, setScripting) {
  const where = new URL(page.url()).pathname
  const seen = await page.evaluate(() => ({
    headings: Array.from(document.querySelectorAll('h1'), (heading) => heading.innerText.trim()),
    hasErrors: document.querySelector('.govuk-error-summary') !== null,
    focused: document.activeElement?.className ?? '',
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth
  }))
  expect(seen.headings, `${where} has one heading`).toHaveLength(1)
  expect(await page.title(), `the title of ${where}`).toMatch(seen.hasErrors ? /^Error: / : /^(?!Error: )/)
  expect(await page.title(), `the title of ${where}`).toContain(seen.headings[0])
  expect(seen.overflow, `${where} can be scrolled sideways`).toBeLessThanOrEqual(0)
  if (seen.hasErrors && javaScript) expect(seen.focused, `the focus on ${where}`).toContain('govuk-error-summary')
  expect(await violations(page, javaScript, setScripting), `axe on ${where}`).toEqual([])
}

// Without JavaScript axe would wait forever for a timer, so scripts run again for as long as it looks; those of the
// page itself have had their chance and do not.
async function violations(page, javaScript, setScripting) {
  const look = `axe.run(document, ${JSON.stringify({ runOnly: RULES, resultTypes: ['violations'] })})`
  if (!javaScript) await setScripting(true)
  const found = await page.evaluate(`(() => { if (!window.axe) { ${axe.source} } return ${look} })()`)
  if (!javaScript) await setScripting(false)
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}
