import { formatQuantity } from '../usage/format-quantity.ts'

/** What a plan grants of one feature. */
export interface PlanEntitlement {
  feature: string
  name: string
  kind: 'boolean' | 'static' | 'metered' | 'gauge' | 'credit_system'
  unit: string
  /** In the feature's unit; null is unlimited, 0 of a boolean is not included. */
  limit: number | null
  cadence: 'day' | 'week' | 'month' | 'period' | 'never'
}

export interface EntitlementLabels {
  included: string
  notIncluded: string
  unlimited: string
  cadence: Record<PlanEntitlement['cadence'], string>
}

export const entitlementLabels: EntitlementLabels = {
  included: 'Included',
  notIncluded: '—',
  unlimited: 'Unlimited',
  cadence: { day: 'a day', week: 'a week', month: 'a month', period: 'a billing period', never: '' },
}

/** The right-hand side of an entitlement: `50,000 a day`, `500 MB`, `Unlimited`. The unit is left out where it repeats the name. */
export function entitlementLine(entitlement: PlanEntitlement, labels: EntitlementLabels, locale: string): string {
  const { kind, limit, name, unit, cadence } = entitlement
  if (limit === 0) return labels.notIncluded
  if (kind === 'boolean') return labels.included
  if (limit === null) return labels.unlimited
  const shownUnit = name.toLowerCase().endsWith(unit.toLowerCase()) ? '' : unit
  return [formatQuantity(limit, locale), shownUnit, labels.cadence[cadence]].filter(Boolean).join(' ')
}
