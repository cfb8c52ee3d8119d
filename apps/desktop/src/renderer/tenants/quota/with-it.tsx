import type { FeatureUsage } from '@tollkeeper/shared'
import { Quantity } from '@tollkeeper/ui'

/** What a grant would change, before it is given. */
export function WithIt({ usage, units }: { usage: FeatureUsage | undefined; units: number | null }) {
  if (!usage) return null
  const { remaining, limit } = usage
  if (remaining === null || limit === null)
    return <p className="text-ink-muted">It has no limit here, so units beside the plan change nothing.</p>
  return (
    <p className="text-ink-muted">
      Left now: <Quantity value={remaining} /> of <Quantity value={limit} />
      {units !== null && units > 0 && (
        <>
          . With it:{' '}
          <span className="text-ink">
            <Quantity value={remaining + units} />
          </span>{' '}
          of <Quantity value={limit + units} />
        </>
      )}
      .
    </p>
  )
}
