import { expect } from 'vitest'
import type { Books } from './quota-node.ts'

/** Σ grants − Σ consumption is what is left, and never less than nothing. */
export function expectBooksToBalance(books: readonly Books[]): void {
  for (const { granted, consumed, ledgerGranted, ledgerConsumed } of books) {
    expect(ledgerConsumed).toBe(consumed)
    expect(ledgerGranted).toBe(granted ?? 0)
    if (granted !== null) expect(consumed).toBeLessThanOrEqual(granted)
  }
}
