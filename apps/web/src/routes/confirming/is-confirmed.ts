import type { CurrentSubscription } from '@tollkeeper/shared'

/**
 * Whether the payment has arrived. Only the server's own state counts: the address the browser came back to proves nothing.
 * @param expected the plan bought in this tab; null where that is not known, and any running subscription will do
 */
export function isConfirmed(current: CurrentSubscription, expected: string | null): boolean {
  const runs = current.status === 'active' || current.status === 'trialing'
  return runs && (expected === null || current.plan === expected)
}
