import type { OperatorPlan, PlanVersionView } from '@tollkeeper/shared'
import { type Column, DataTable, DateTime, Dialog, EmptyState, Quantity, StatusBadge } from '@tollkeeper/ui'
import { useState } from 'react'
import { Price } from './plan-matrix.tsx'
import { VersionTerms } from './version-terms.tsx'

interface Row {
  plan: string
  version: PlanVersionView
}

const columns: Column<Row>[] = [
  { key: 'plan', header: 'Plan', width: '40%', cell: ({ plan }) => plan },
  { key: 'number', header: 'Version', numeric: true, cell: ({ version }) => version.number },
  {
    key: 'live',
    header: 'State',
    cell: ({ version }) =>
      version.live ? <StatusBadge tone="allowed">Sold</StatusBadge> : <StatusBadge tone="neutral">Earlier</StatusBadge>,
  },
  { key: 'price', header: 'A month', numeric: true, cell: ({ version }) => <Price version={version} /> },
  { key: 'tenants', header: 'Tenants on it', numeric: true, cell: ({ version }) => <Quantity value={version.tenants} /> },
  { key: 'publishedAt', header: 'Published', cell: ({ version }) => <DateTime value={version.publishedAt} /> },
]

/** What plans are and were; each opens on all its terms. */
export function VersionsTable({ plans }: { plans: OperatorPlan[] | undefined }) {
  const [opened, setOpened] = useState<Row | null>(null)
  return (
    <>
      <DataTable
        label="Versions of plans"
        scroll="self"
        columns={columns}
        rows={plans?.flatMap((plan) => plan.versions.map((version) => ({ plan: plan.name, version })))}
        rowKey={({ version }) => version.id}
        openLabel={({ plan, version }) => `Open version ${version.number} of ${plan}`}
        onOpen={setOpened}
        skeletonRows={4}
        empty={<EmptyState>No plan was published.</EmptyState>}
      />
      <Dialog
        open={opened !== null}
        onOpenChange={() => setOpened(null)}
        title={opened ? `${opened.plan}, version ${opened.version.number}` : ''}
      >
        {opened && <VersionTerms version={opened.version} />}
      </Dialog>
    </>
  )
}
