import { useState } from 'react'
import {
  Button,
  type Column,
  CopyId,
  DataTable,
  DateTime,
  EmptyState,
  KeyValueList,
  Money,
  Quantity,
  type Sort,
  StatusBadge,
  UsageBar,
} from '../../src/index.ts'
import { Section, Specimen } from '../specimen.tsx'

interface Tenant {
  id: string
  name: string
  active: boolean
  used: number
  limit: number | null
  revenue: number
  at: string
}

const tenants: Tenant[] = [
  {
    id: 'ten_01JD7Q2W9R5T8Y3K4M6N',
    name: 'Acme Translations',
    active: true,
    used: 38_412,
    limit: 50_000,
    revenue: 2900,
    at: '2026-11-20T08:00:00Z',
  },
  {
    id: 'ten_01JD7Q2W9R5T8Y3K4M7P',
    name: 'Borealis',
    active: true,
    used: 612_000,
    limit: 500_000,
    revenue: 9900,
    at: '2026-10-02T08:00:00Z',
  },
  {
    id: 'ten_01JD7Q2W9R5T8Y3K4M8Q',
    name: '星河翻译',
    active: false,
    used: 0,
    limit: 1_000,
    revenue: 0,
    at: '2026-01-14T08:00:00Z',
  },
  {
    id: 'ten_01JD7Q2W9R5T8Y3K4M9R',
    name: 'Cardinal Press',
    active: true,
    used: 1_204_771,
    limit: null,
    revenue: 480_000,
    at: '2025-06-30T08:00:00Z',
  },
]

const columns: Column<Tenant>[] = [
  { key: 'name', header: 'Tenant', cell: (row) => row.name, sortable: true, footer: '4 tenants' },
  { key: 'id', header: 'Id', cell: (row) => <CopyId id={row.id} short />, wideOnly: true },
  {
    key: 'status',
    header: 'Status',
    cell: (row) => <StatusBadge tone={row.active ? 'allowed' : 'denied'}>{row.active ? 'Active' : 'Suspended'}</StatusBadge>,
  },
  {
    key: 'usage',
    header: 'Characters',
    cell: (row) => <UsageBar layout="inline" label="Characters" used={row.used} limit={row.limit} />,
    wideOnly: true,
  },
  {
    key: 'revenue',
    header: 'Revenue',
    cell: (row) => <Money amountMinor={row.revenue} currency="cny" />,
    numeric: true,
    sortable: true,
    footer: <Money amountMinor={492_800} currency="cny" />,
  },
  { key: 'at', header: 'Created', cell: (row) => <DateTime value={row.at} />, numeric: true, sortable: true, wideOnly: true },
]

const none = (
  <EmptyState action={<Button variant="primary">Invite member</Button>}>
    The people who may act for this tenant are listed here, each with a role.
  </EmptyState>
)

export function Tables() {
  const [sort, setSort] = useState<Sort>({ column: 'name', direction: 'ascending' })
  const [opened, setOpened] = useState<string>()
  const sorted = sort.direction === 'ascending' ? tenants : tenants.toReversed()
  return (
    <Section title="Tables and lists">
      <Specimen name="DataTable" wide>
        <DataTable
          label="Tenants"
          columns={columns}
          rows={sorted}
          rowKey={(row) => row.id}
          sort={sort}
          onSort={setSort}
          onOpen={(row) => setOpened(row.id)}
          openLabel={(row) => `Open ${row.name}`}
          selected={opened}
          empty={none}
        />
      </Specimen>
      <Specimen name="DataTable, loading" wide>
        <DataTable
          label="Loading tenants"
          columns={columns}
          rows={undefined}
          rowKey={(row) => row.id}
          empty={none}
          skeletonRows={3}
        />
      </Specimen>
      <Specimen name="DataTable, empty" wide>
        <DataTable label="Members" columns={columns} rows={[]} rowKey={(row) => row.id} empty={none} />
      </Specimen>
      <Specimen name="KeyValueList" wide>
        <KeyValueList
          items={[
            { label: 'Tenant', value: 'Acme Translations' },
            { label: 'Id', value: <CopyId id="ten_01JD7Q2W9R5T8Y3K4M6N" /> },
            { label: 'Characters today', value: <Quantity value={38_412} unit="characters" /> },
            { label: 'Created', value: <DateTime value="2026-11-20T08:00:00Z" show="absolute" /> },
          ]}
        />
      </Specimen>
    </Section>
  )
}
