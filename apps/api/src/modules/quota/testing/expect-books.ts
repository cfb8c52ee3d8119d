import { expect } from 'vitest'
import type { Books } from './quota-node.ts'

/** Σ grants − Σ consumption is what is left, and never less than nothing. */
export function expectBooksToBalance(books: readonly Books[]): void {
  for (const { granted, consumed, reserved, ledgerGranted, ledgerConsumed, ledgerReserved } of books) {
    expect(ledgerConsumed).toBe(consumed)
    expect(ledgerReserved).toBe(reserved)
    expect(ledgerGranted).toBe(granted ?? 0)
    if (granted !== null) expect(consumed + reserved).toBeLessThanOrEqual(granted)
  }
}
