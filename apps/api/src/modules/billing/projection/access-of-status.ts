import type { SubscriptionStatus } from '@tollkeeper/shared'
import { GRACE_MS } from '../../quota/index.ts'

/** What a status of the provider gives: the plan that is paid for, that plan for the days of grace, or the default plan. */
export const accessOfStatus = {
  trialing: 'plan',
  active: 'plan',
  past_due: 'grace',
  unpaid: 'default',
  paused: 'default',
  canceled: 'default',
  incomplete: 'default',
  incomplete_expired: 'default',
} as const satisfies Record<SubscriptionStatus, 'plan' | 'grace' | 'default'>

/** Subscriptions a tenant can have one of: they go on by themselves, paid or not. */
export const liveStatuses: SubscriptionStatus[] = ['trialing', 'active', 'past_due', 'unpaid', 'paused']

export function isLive(status: string): boolean {
  return liveStatuses.some((live) => live === status)
}

/**
 * Whether a subscription puts its plan in force now. A status we do not know gives nothing.
 * @param pastDueAt when we first saw that the renewal had failed
 */
export function givesPlan({ status, pastDueAt }: { status: string; pastDueAt: Date | null }, now: Date): boolean {
  const access = Object.hasOwn(accessOfStatus, status) ? accessOfStatus[status as SubscriptionStatus] : 'default'
  if (access !== 'grace') return access === 'plan'
  return pastDueAt !== null && now.getTime() <= pastDueAt.getTime() + GRACE_MS
}
