import type { PlanView } from '@tollkeeper/shared'
import { type Column, DataTable, EmptyState, Money, useLocale } from '@tollkeeper/ui'
import { type MatrixRow, matrixRows, writeEntitlement } from './matrix-rows.ts'
import { text } from './text.ts'

/** Every feature against every plan. */
export function PlanMatrix({ plans, currentKey }: { plans: readonly PlanView[]; currentKey: string }) {
  const { locale } = useLocale()
  const columns: Column<MatrixRow>[] = [
    { key: 'feature', header: text.feature, cell: ({ name }) => name, footer: text.price },
    ...plans.map((plan, index) => ({
      key: plan.key,
      header: plan.key === currentKey ? `${plan.name} · ${text.current.toLowerCase()}` : plan.name,
      numeric: true,
      cell: (row: MatrixRow) => <span className="whitespace-nowrap">{writeEntitlement(row.cells[index], locale)}</span>,
      footer: plan.price === null ? text.byAgreement : <Money {...plan.price} />,
    })),
  ]
  return (
    <DataTable
      label={text.table}
      columns={columns}
      rows={matrixRows(plans)}
      rowKey={({ feature }) => feature}
      empty={<EmptyState>{text.empty}</EmptyState>}
    />
  )
}
