import type { CurrentUsage, FeatureUsage } from '@tollkeeper/shared'
import { DateTime, EmptyState, Quantity, Skeleton, UsageBar } from '@tollkeeper/ui'
import { useMay } from '../api/use-may.ts'
import { Panel } from '../frame/panel.tsx'
import { CorrectUsageDialog } from './quota/correct-usage-dialog.tsx'

/** A bar for each counted feature, and in a line what the plan holds besides. */
export function TenantUsage({ tenantId, usage }: { tenantId: string; usage: CurrentUsage | undefined }) {
  const mayCorrect = useMay()('quota:grant')
  const counted = usage?.features.filter(isCounted) ?? []
  const others = usage?.features.filter((feature) => !isCounted(feature)) ?? []
  return (
    <Panel title="Usage" aside={mayCorrect && <CorrectUsageDialog tenantId={tenantId} />}>
      {usage === undefined ? (
        <div className="flex flex-col gap-5 py-2">
          <Skeleton />
          <Skeleton width="80%" />
          <Skeleton width="90%" />
        </div>
      ) : usage.features.length === 0 ? (
        <div className="rounded-md border border-line bg-surface-raised">
          <EmptyState>This tenant has no entitlements, so everything it asks for is refused.</EmptyState>
        </div>
      ) : (
        <div className="@container flex flex-col gap-4 rounded-md border border-line bg-surface-raised p-4">
          <div className="grid gap-x-8 gap-y-4 @lg:grid-cols-2">
            {counted.map((feature) => (
              <UsageBar
                key={feature.feature}
                label={feature.name}
                used={feature.used}
                limit={feature.limit}
                unit={unitBeside(feature)}
                reset={<Beside feature={feature} />}
              />
            ))}
          </div>
          {others.length > 0 && (
            <dl className="flex flex-wrap gap-x-6 gap-y-1 border-line border-t pt-3 text-sm">
              {others.map((feature) => (
                <div key={feature.feature} className="flex gap-2">
                  <dt className="text-ink-muted">{feature.name}</dt>
                  <dd>{fixedValue(feature)}</dd>
                </div>
              ))}
            </dl>
          )}
        </div>
      )}
    </Panel>
  )
}

/** What the bar does not draw: what is held, what was used past the limit, and when it starts again. */
function Beside({ feature: { reserved, overage, resetsAt } }: { feature: FeatureUsage }) {
  return (
    <span className="flex flex-wrap gap-x-3">
      {reserved > 0 && (
        <span>
          <Quantity value={reserved} /> held
        </span>
      )}
      {overage && overage.used > 0 && (
        <span className="text-warning">
          <Quantity value={overage.used} /> past the limit
        </span>
      )}
      {resetsAt && (
        <span>
          Resets <DateTime value={resetsAt} />
        </span>
      )}
    </span>
  )
}

function isCounted({ kind }: FeatureUsage): boolean {
  return kind === 'metered' || kind === 'gauge' || kind === 'credit_system'
}

/** "1,000 characters" under the heading "Characters" says it twice. */
function unitBeside({ name, unit }: FeatureUsage): string {
  return name.toLowerCase().includes(unit.toLowerCase()) ? '' : unit
}

function fixedValue({ kind, limit, unit }: FeatureUsage) {
  if (limit === 0) return 'Not in this plan'
  if (kind === 'boolean') return 'Included'
  return limit === null ? 'Unlimited' : <Quantity value={limit} unit={unit} />
}
