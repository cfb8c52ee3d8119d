import type { OperatorFeature } from '@tollkeeper/shared'
import { type Column, classNames, DataTable, EmptyState } from '@tollkeeper/ui'
import { useMay } from '../api/use-may.ts'
import { useWide } from '../frame/use-wide.ts'
import { FailurePolicyDialog } from './failure-policy-dialog.tsx'
import { aggregationWords, kindMeanings, kindWords, policyLine } from './feature-words.ts'
import { LeasingSwitch } from './leasing-switch.tsx'

const unit: Column<OperatorFeature> = { key: 'unit', header: 'Unit', cell: (feature) => feature.unit }

/** Every feature: how it is counted, and what happens to it without the server or for the sake of speed. */
export function FeaturesTable({ features }: { features: OperatorFeature[] | undefined }) {
  const mayWrite = useMay()('catalog:write')
  const wide = useWide()
  const columns: Column<OperatorFeature>[] = [
    {
      key: 'name',
      header: 'Feature',
      cell: ({ name, feature, unit }) => (
        <span className="flex flex-col py-1">
          <span className="whitespace-nowrap">{name}</span>
          <span className="whitespace-nowrap text-ink-muted text-xs">
            <code>{feature}</code>
            {!wide && ` · ${unit}`}
          </span>
        </span>
      ),
    },
    {
      key: 'kind',
      header: 'Kind',
      cell: (feature) => (
        <span className="flex flex-col py-1">
          <span>{kindWords[feature.kind]}</span>
          <span className="whitespace-nowrap text-ink-muted text-xs">{countedAs(feature)}</span>
        </span>
      ),
    },
    ...(wide ? [unit] : []),
    {
      key: 'failurePolicy',
      header: 'Without the server',
      width: '50%',
      cell: (feature) => (
        <span className={classNames('flex gap-x-3 gap-y-1 py-1', wide ? 'items-center justify-between' : 'flex-col items-start')}>
          <span>{policyLine(feature.failurePolicy, feature.unit)}</span>
          {mayWrite && feature.kind === 'metered' && <FailurePolicyDialog feature={feature} />}
        </span>
      ),
    },
    {
      key: 'leased',
      header: 'From memory',
      cell: (feature) => <LeasingSwitch feature={feature} mayWrite={mayWrite} />,
    },
  ]
  return (
    <DataTable
      label="Features of the catalog"
      scroll="self"
      columns={columns}
      rows={features}
      rowKey={({ feature }) => feature}
      skeletonRows={5}
      empty={<EmptyState>The catalog has no feature, so there is nothing that could be allowed.</EmptyState>}
    />
  )
}

function countedAs({ kind, aggregation, credits }: OperatorFeature): string {
  if (credits) return `${credits.units} ${credits.feature} for every ${credits.per === 1 ? 'unit' : `${credits.per} units`}`
  return kind === 'metered' ? aggregationWords[aggregation] : kindMeanings[kind]
}
