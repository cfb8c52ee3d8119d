import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** Faults of accessibility on the page, and whether anything is wider than the window. */
export async function auditPage(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const faults = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') }
    const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`,
    )
  })
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
  return wide ? [...faults, 'the page is wider than the window'] : faults
}
