import type { DecisionCode, DecisionStep } from '@tollkeeper/shared'
import type { DecisionFacts } from './facts.ts'

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
  const entitlement = tenant.entitlements.get(feature.key)
  return entitlement === undefined || entitlement.limit === 0 ? 'quota.not_in_plan' : null
}

/**
 * Metered features are measured against what is left in their window. Gauges and static values are measured against the limit as
 * a whole, and nothing is taken; a boolean has no measure.
 */
function quotaRefusal({ tenant, feature, amount, room }: DecisionFacts): Refusal {
  if (feature.kind === 'boolean') return null
  const limit = tenant.entitlements.get(feature.key)?.limit ?? null
  const left = feature.kind === 'metered' ? (room?.remaining ?? null) : limit
  return left !== null && amount > left ? 'quota.limit_reached' : null
}
