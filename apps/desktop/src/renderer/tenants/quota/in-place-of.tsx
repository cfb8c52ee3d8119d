import type { FeatureUsage } from '@tollkeeper/shared'
import { Notice, Quantity } from '@tollkeeper/ui'

/** What another limit would change, before it is set; `limit` is undefined until one was entered, and null is none. */
export function InPlaceOf({ usage, limit }: { usage: FeatureUsage | undefined; limit: number | null | undefined }) {
  if (!usage) return null
  const taken = usage.used + usage.reserved
  const used = (
    <>
      Used or held now: <Quantity value={taken} />, what came from grants included.
    </>
  )
  if (limit === undefined || limit === null || limit >= taken) return <p className="text-ink-muted">{used}</p>
  return (
    <Notice tone="warning" title="More may be used than this allows">
      <p>
        {used} What is past the new limit and all grants stays used, and nothing more is allowed until{' '}
        {usage.resetsAt ? 'the window ends' : 'enough is given back'}.
      </p>
    </Notice>
  )
}
