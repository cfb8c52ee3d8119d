import type { FeatureKind } from '@tollkeeper/shared'
import { Quantity } from '@tollkeeper/ui'

/** A limit of a feature; of one that is had or not, whether it is had. */
export function LimitWords({
  limit,
  kind,
  unit,
}: {
  limit: number | null
  kind: FeatureKind | undefined
  unit?: string | undefined
}) {
  if (kind === 'boolean') return limit === 0 ? 'Not included' : 'Included'
  if (limit === 0) return <span className="text-ink-muted">None</span>
  return <Quantity value={limit} {...(unit ? { unit } : {})} />
}
