import type { Desk } from './desk.ts'
import type { FailurePolicy } from './failure-policy.ts'
import type { OfflineState } from './options.ts'

/** How things stand, as numbers and reasons. */
export function stateOf(desk: Desk): OfflineState {
  const { book, contact, reporter } = desk
  const policies = Object.fromEntries(desk.policies())
  const units: Record<string, number> = {}
  for (const { feature, amount } of book.queued.values()) units[feature] = (units[feature] ?? 0) + amount
  return {
    reachable: contact.away === null,
    unreachableSince: contact.away && new Date(contact.away.since).toISOString(),
    fault: desk.fault,
    queued: { events: book.queued.size, units },
    reportError: reporter.error,
    rejected: [...book.rejected.values()],
    letThrough: letThroughOf(desk, policies),
    leases: desk.leases.state(),
    leaseError: desk.leases.error,
    policies,
  }
}

function letThroughOf({ book, clock }: Desk, policies: Record<string, FailurePolicy>): OfflineState['letThrough'] {
  return Object.fromEntries(
    Object.entries(policies).flatMap(([feature, policy]) => {
      if (policy.kind !== 'open') return []
      const { cap, perSeconds } = policy
      const windowMs = perSeconds * 1000
      return [[feature, { units: book.spendingOf(feature, windowMs).within(windowMs, clock.elapsed()), cap, perSeconds }]]
    }),
  )
}
