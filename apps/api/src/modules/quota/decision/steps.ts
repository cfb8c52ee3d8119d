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

/** Other states of a subscription change the plan in force, and so the entitlements. */
function subscriptionRefusal({ tenant: { subscription }, now }: DecisionFacts): Refusal {
  if (subscription?.status !== 'past_due' || subscription.pastDueAt === null) return null
  return now > subscription.pastDueAt + GRACE_MS ? 'billing.payment_overdue' : null
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
