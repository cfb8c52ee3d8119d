import type { DecisionCode, DecisionStep } from '@tollkeeper/shared'
import type { Rest } from '../../../kernel/ports/quota-engine.ts'
import { measured } from '../engine/measured.ts'
import type { DecisionFacts, Room } from './facts.ts'
import { balanceEntitlement, isOffered } from './measure-of.ts'

/** Why a step refuses; null when it lets pass. */
export type Refusal = Exclude<DecisionCode, 'allowed'> | null

export interface Step {
  step: DecisionStep
  refusal(facts: DecisionFacts): Refusal
}

/** How long a tenant keeps its plan after a payment fell due. */
export const GRACE_MS = 7 * 86_400_000

/** The decision: what is asked, in the order in which it is asked. A step that refuses ends it, and nothing is consumed. */
export const steps: readonly Step[] = [
  // a false credential never gets here: it is refused where it is read
  { step: 'credential', refusal: () => null },
  { step: 'status', refusal: statusRefusal },
  { step: 'membership', refusal: membershipRefusal },
  { step: 'permission', refusal: permissionRefusal },
  { step: 'subscription', refusal: subscriptionRefusal },
  { step: 'entitlement', refusal: entitlementRefusal },
  { step: 'rate', refusal: rateRefusal },
  { step: 'quota', refusal: quotaRefusal },
]

/** Which step a code is of. */
export const stepOf: Record<DecisionCode, DecisionStep | null> = {
  allowed: null,
  'auth.user_suspended': 'status',
  'tenant.suspended': 'status',
  'access.not_a_member': 'membership',
  'access.forbidden': 'permission',
  'api_key.scope_missing': 'permission',
  'billing.payment_overdue': 'subscription',
  'quota.not_in_plan': 'entitlement',
  'rate.limit_reached': 'rate',
  'quota.cap_reached': 'quota',
  'quota.limit_reached': 'quota',
}

/** The first refusal, in the order of the steps. */
export function firstRefusal(facts: DecisionFacts): Refusal {
  for (const { refusal } of steps) {
    const code = refusal(facts)
    if (code !== null) return code
  }
  return null
}

function statusRefusal({ userStatus, tenant }: DecisionFacts): Refusal {
  if (userStatus === 'suspended') return 'auth.user_suspended'
  return tenant.status === 'active' ? null : 'tenant.suspended'
}

function membershipRefusal({ subject: { caller, tenantId } }: DecisionFacts): Refusal {
  const belongs =
    caller.kind === 'api_key'
      ? caller.tenantId === tenantId
      : caller.memberships.some((membership) => membership.tenantId === tenantId)
  return belongs ? null : 'access.not_a_member'
}

function permissionRefusal({ subject: { caller, permissions } }: DecisionFacts): Refusal {
  if (permissions.includes('decision:ask')) return null
  return caller.kind === 'api_key' ? 'api_key.scope_missing' : 'access.forbidden'
}

/** An unpaid plan is refused from the end of grace until it is taken back; from then on the default plan is in force. */
function subscriptionRefusal({ tenant, now }: DecisionFacts): Refusal {
  const { subscription, planSource } = tenant
  return isOverdue(tenant, now) && planSource === subscription?.id ? 'billing.payment_overdue' : null
}

/** Whether paying an invoice would bring a better plan back. */
export function isOverdue({ subscription }: DecisionFacts['tenant'], now: number): boolean {
  if (subscription === null) return false
  if (subscription.status === 'unpaid') return true
  return subscription.status === 'past_due' && subscription.pastDueAt !== null && now > subscription.pastDueAt + GRACE_MS
}

function entitlementRefusal({ tenant, feature }: DecisionFacts): Refusal {
  return isOffered(balanceEntitlement(tenant, feature)) ? null : 'quota.not_in_plan'
}

/** How fast is asked before how much, so that who is only too fast is told to wait, and nothing is taken. */
function rateRefusal({ amount, room }: DecisionFacts): Refusal {
  return room?.rates.some(({ remaining }) => amount > remaining) ? 'rate.limit_reached' : null
}

/**
 * What is counted or held is measured against what is left in its window, then against what is left to who asks. A static value is
 * measured against the limit as a whole, and nothing is taken; a boolean has no measure.
 */
function quotaRefusal(facts: DecisionFacts): Refusal {
  const { tenant, feature, amount, room } = facts
  if (feature.kind === 'boolean') return null
  if (feature.kind === 'static') {
    const limit = tenant.entitlements.get(feature.key)?.limit ?? null
    return limit !== null && amount > limit ? 'quota.limit_reached' : null
  }
  if (room === null) return null
  const units = unitsOf(facts, room)
  if (units > room.available) return 'quota.limit_reached'
  return room.caps.some(({ remaining }) => units > remaining) ? 'quota.cap_reached' : null
}

/** How many measures of the step that refuses have too little for the request. */
export function measuresThatRefuse(facts: DecisionFacts): number {
  const { room, amount } = facts
  if (room === null) return 0
  const short = (rests: readonly Rest[], units: number) => rests.filter(({ remaining }) => units > remaining).length
  if (rateRefusal(facts) !== null) return short(room.rates, amount)
  const units = unitsOf(facts, room)
  return Number(units > room.available) + short(room.caps, units)
}

/** Units of the balance that the request would take. */
export function unitsOf({ feature, amount }: Pick<DecisionFacts, 'feature' | 'amount'>, { used, seen }: Room): number {
  return measured({ aggregation: feature.aggregation, rate: feature.credits }, { amount, current: used, seen })
}
