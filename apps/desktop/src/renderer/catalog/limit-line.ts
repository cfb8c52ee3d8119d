import type { EntitlementView } from '@tollkeeper/shared'
import { formatQuantity } from '@tollkeeper/ui'

const cadenceWords: Record<EntitlementView['cadence'], string> = {
  day: 'a day',
  week: 'a week',
  month: 'a month',
  period: 'a billing period',
  never: '',
}

/** What a plan allows of a feature, as one line. The unit is left out where the name says it already. */
export function limitLine({ kind, limit, name, unit, cadence }: EntitlementView): string {
  if (limit === 0) return '—'
  if (kind === 'boolean') return 'Included'
  if (limit === null) return 'Unlimited'
  const shownUnit = name.toLowerCase().includes(unit.toLowerCase()) ? '' : unit
  return [formatQuantity(limit), shownUnit, cadenceWords[cadence]].filter(Boolean).join(' ')
}
