import { type Subscription, SubscriptionEvent } from '@tollkeeper/db'
import type { SystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'
import { isLive } from './access-of-status.ts'
import type { Fetch } from './origin.ts'

export type SubscriptionState = ReturnType<typeof stateOf>

/** What of a subscription is worth a line in its history. */
export function stateOf(row: Subscription) {
  return {
    planKey: row.planKey,
    planVersionId: row.planVersionId,
    status: row.status,
    currentPeriodStart: row.currentPeriodStart?.toISOString() ?? null,
    currentPeriodEnd: row.currentPeriodEnd?.toISOString() ?? null,
    cancelAtPeriodEnd: row.cancelAtPeriodEnd ?? false,
    endedAt: row.endedAt?.toISOString() ?? null,
    superseded: row.superseded ?? false,
  }
}

/** Appends what changed to the subscription's history, and to the audit trail. Nothing changed: nothing is written. */
export function recordTransition(tx: SystemTransaction, row: Subscription, before: SubscriptionState | null, fetch: Fetch): void {
  const after = stateOf(row)
  if (before && JSON.stringify(before) === JSON.stringify(after)) return
  const type = typeOf(before, after)
  tx.em.create(SubscriptionEvent, {
    tenantId: row.tenantId,
    subscriptionId: row.id,
    type,
    before,
    after,
    source: fetch.source,
    stripeEventId: fetch.stripeEventId,
    recordedAt: tx.now,
  })
  writeAudit(tx.em, {
    tenantId: row.tenantId,
    action: type,
    target: row.id,
    details: { plan: row.planKey, status: row.status },
    caller: 'system',
    requestId: null,
    at: tx.now,
  })
}

function typeOf(before: SubscriptionState | null, after: SubscriptionState): string {
  const [was, is] = [before !== null && isLive(before.status), isLive(after.status)]
  if (!was && is) return 'subscription.started'
  if (was && !is) return 'subscription.ended'
  if (before && before.planVersionId !== after.planVersionId) return 'subscription.plan_changed'
  return 'subscription.updated'
}
