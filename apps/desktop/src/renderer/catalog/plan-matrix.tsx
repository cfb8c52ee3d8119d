import type { OperatorPlan, WholeCatalog } from '@tollkeeper/shared'
import { type Column, DataTable, EmptyState, Money } from '@tollkeeper/ui'
import type { ReactNode } from 'react'
import { limitLine } from './limit-line.ts'

interface Row {
  key: string
  name: string
  cell: (plan: OperatorPlan) => ReactNode
}

/** What each plan allows now, feature by feature. */
export function PlanMatrix({ catalog }: { catalog: WholeCatalog | undefined }) {
  const columns: Column<Row>[] = [
    { key: 'name', header: 'Feature', cell: ({ name }) => <span className="text-ink-muted">{name}</span> },
    ...(catalog?.plans ?? []).map(
      (plan): Column<Row> => ({
        key: plan.key,
        header: plan.name,
        numeric: true,
        cell: (row) => row.cell(plan),
      }),
    ),
  ]
  return (
    <DataTable
      label="What each plan allows"
      scroll="self"
      columns={columns}
      rows={catalog && rowsOf(catalog)}
      rowKey={({ key }) => key}
      skeletonRows={7}
      empty={<EmptyState>There is no plan.</EmptyState>}
    />
  )
}

function rowsOf({ features, plans }: WholeCatalog): Row[] {
  if (plans.length === 0) return []
  return [
    { key: 'price', name: 'A month', cell: (plan) => <Price version={live(plan)} /> },
    { key: 'sold', name: 'How to get it', cell: ({ isDefault, selfService }) => soldWords(isDefault, selfService) },
    ...features.map(({ feature, name }) => ({
      key: feature,
      name,
      cell: (plan: OperatorPlan) => {
        const entitlement = live(plan)?.entitlements.find((one) => one.feature === feature)
        return entitlement ? limitLine(entitlement) : '—'
      },
    })),
  ]
}

export function Price({ version }: { version: OperatorPlan['versions'][number] | undefined }) {
  return version?.price ? <Money {...version.price} /> : <span className="whitespace-nowrap">By agreement</span>
}

function live({ versions }: OperatorPlan) {
  return versions.find((version) => version.live)
}

function soldWords(isDefault: boolean, selfService: boolean): string {
  if (isDefault) return 'By default'
  return selfService ? 'Checkout' : 'On request'
}
