import type { EntitlementView, PlanView } from '@tollkeeper/shared'
import { formatQuantity } from '@tollkeeper/ui'
import { unitWord } from '../../text/unit-word.ts'
import { text } from './text.ts'

export interface MatrixRow {
  feature: string
  name: string
  /** One for each plan, in their order; undefined where the plan says nothing of the feature. */
  cells: (EntitlementView | undefined)[]
}

/** The features of all plans, each once, in the order in which they first appear. */
export function matrixRows(plans: readonly PlanView[]): MatrixRow[] {
  const names = new Map(plans.flatMap(({ entitlements }) => entitlements.map(({ feature, name }) => [feature, name] as const)))
  return [...names].map(([feature, name]) => ({
    feature,
    name,
    cells: plans.map(({ entitlements }) => entitlements.find((entitlement) => entitlement.feature === feature)),
  }))
}

/** What a plan grants of a feature: `50,000 a day`, `500 MB`, `Included`. The unit is left out where the name says it. */
export function writeEntitlement(entitlement: EntitlementView | undefined, locale: string): string {
  if (entitlement === undefined || entitlement.limit === 0) return text.notIncluded
  const { kind, limit, name, cadence } = entitlement
  const unit = unitWord(entitlement.unit)
  if (kind === 'boolean') return text.included
  if (limit === null) return text.unlimited
  const shownUnit = name.toLowerCase().endsWith(unit.toLowerCase()) ? '' : unit
  return [formatQuantity(limit, locale), shownUnit, text.cadence[cadence]].filter(Boolean).join(' ')
}
