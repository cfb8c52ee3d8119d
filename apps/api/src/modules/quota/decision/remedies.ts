import type { DecisionCode, Remedy } from '@tollkeeper/shared'
import type { Catalog } from '../../catalog/index.ts'

/** What a refusal says of the quota, for the remedies that depend on it. */
export interface RefusedQuota {
  /** Of the balance: for a feature that is paid in credits, the credit system. */
  featureKey: string
  /** Units of the balance that are asked for. */
  amount: number
  /** The same in units of the feature, in which rates are counted. */
  asked: number
  /** So many credits for so many units of the feature that was asked for; null: it has a balance of its own. */
  rate: { units: number; per: number } | null
  /** What is granted in the window; null: not known, or no limit. */
  limit: number | null
  remaining: number | null
  resetsAt: Date | null
  /** Units there are when the window begins anew; null: no limit. */
  renewed: number | null
  /** The most that the part of who asks may be in a window; null: they are not capped. */
  capped: number | null
  /** The limit is an operator's, and holds over every plan. */
  overridden: boolean
  /** A better plan waits for an invoice to be paid. */
  overdue: boolean
}

/** What would make a refused request allowed, the most telling first. */
export function remediesFor(code: DecisionCode, quota: RefusedQuota, catalog: Catalog): Remedy[] {
  switch (code) {
    case 'allowed':
      return []
    case 'auth.user_suspended':
    case 'tenant.suspended':
      return [{ kind: 'contact_operator' }]
    case 'access.not_a_member':
    case 'access.forbidden':
      return [{ kind: 'ask_role', permission: 'decision:ask' }]
    case 'api_key.scope_missing':
      return [{ kind: 'issue_key', scope: 'decision:ask' }]
    case 'billing.payment_overdue':
      return [{ kind: 'pay_invoice' }]
    case 'quota.not_in_plan':
      return orOperator([...pay(quota), ...upgrade({ ...quota, limit: 0, remaining: 0 }, catalog)])
    case 'rate.limit_reached':
      return orOperator([...wait(quota), ...useLess(quota)])
    case 'quota.cap_reached':
      return [raiseCap(quota), ...waitForWindow(quota), ...useLess(quota)]
    case 'quota.limit_reached':
      return orOperator([...pay(quota), ...more(quota, catalog), ...(quota.capped === null ? useLess(quota) : [])])
  }
}

/** There would have to be more of it: that helps only as far as the part of who asks reaches. */
function more(quota: RefusedQuota, catalog: Catalog): Remedy[] {
  if (quota.capped !== null && quota.amount > quota.capped) return []
  return [...upgrade(quota, catalog), ...waitForWindow(quota), ...topUp(quota)]
}

function orOperator(remedies: Remedy[]): Remedy[] {
  return remedies.length > 0 ? remedies : [{ kind: 'contact_operator' }]
}

function pay({ overdue }: RefusedQuota): Remedy[] {
  return overdue ? [{ kind: 'pay_invoice' }] : []
}

/** The smallest plan that would allow it now, with what is used already. */
function upgrade({ featureKey, amount, asked, limit, remaining, overridden }: RefusedQuota, { plans }: Catalog): Remedy[] {
  if (overridden) return []
  const used = (limit ?? 0) - (remaining ?? 0)
  for (const plan of plans) {
    const entitlement = plan.entitlements.find((one) => one.featureKey === featureKey)
    if (entitlement?.rates.some(({ units }) => asked > units)) continue
    const offered = entitlement?.limit
    if (offered === undefined || (offered !== null && (offered <= (limit ?? 0) || amount > offered - used))) continue
    return [{ kind: 'upgrade', plan: plan.key, limit: offered }]
  }
  return []
}

/** Waiting helps only with what the next window brings again. */
function waitForWindow(quota: RefusedQuota): Remedy[] {
  const { amount, renewed, capped } = quota
  const fits = (renewed === null || amount <= renewed) && (capped === null || amount <= capped)
  return fits ? wait(quota) : []
}

/** Waiting helps only with what fits into an empty stretch of time. */
function wait({ amount, limit, resetsAt }: RefusedQuota): Remedy[] {
  return resetsAt && (limit === null || amount <= limit) ? [{ kind: 'wait', until: resetsAt.toISOString() }] : []
}

/** What is told is in units of the feature that was asked for. */
function useLess({ remaining, rate }: RefusedQuota): Remedy[] {
  const amount = remaining === null ? 0 : rate === null ? remaining : Math.floor((remaining * rate.per) / rate.units)
  return amount >= 1 ? [{ kind: 'use_less', amount }] : []
}

/** Credits can be bought beside a plan. */
function topUp({ featureKey, amount, remaining, rate }: RefusedQuota): Remedy[] {
  return rate === null ? [] : [{ kind: 'top_up', feature: featureKey, units: amount - (remaining ?? 0) }]
}

/** A member's or key's part would have to be so large. */
function raiseCap({ amount, limit, remaining }: RefusedQuota): Remedy {
  return { kind: 'raise_cap', limit: (limit ?? 0) - (remaining ?? 0) + amount }
}
