import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** Faults of accessibility on the page, and whatever is wider than its place, so that one would have to scroll sideways. */
export async function auditPage(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const faults = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') }
    const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`,
    )
  })
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll('html, main, section')]
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
      .map((element) => `${element.tagName} ${element.getAttribute('aria-label') ?? ''} is wider than its place`),
  )
  return [...faults, ...cut]
}
