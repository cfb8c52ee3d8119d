import type { ExportLedgerInput, FileStream } from '@tollkeeper/shared'
import type { TenantContext } from '../../../kernel/context.ts'
import { inTenant } from '../../../kernel/in-transaction.ts'
import { type Cell, csvFile, fileName } from './csv.ts'

const PAGE = 1_000
const columns = {
  entry: 'id::text',
  at: instantText('at'),
  feature: 'feature_key',
  window_start: instantText('window_start'),
  kind: 'kind',
  units: 'units::float8',
  requests: 'requests',
  caller: 'caller_id',
  reservation: 'reservation_id',
} as const

/** The ledger as CSV, the newest entry first: what was granted, held, used and given back, each as it was written. */
export function exportLedger(ctx: TenantContext, input: ExportLedgerInput): Promise<FileStream> {
  return csvFile(ctx, fileName('usage-ledger', ctx), Object.keys(columns), pages(ctx, input))
}

async function* pages(ctx: TenantContext, input: ExportLedgerInput): AsyncGenerator<Cell[][], void> {
  for (let before: string | null = null; ; ) {
    const rows: Row[] = await inTenant(ctx, (em) => em.execute<Row[]>(...query(ctx.tenantId, input, before)))
    yield rows.map((row) => Object.keys(columns).map((name) => row[name as keyof typeof columns]))
    if (rows.length < PAGE) return
    before = String(rows.at(-1)!.entry)
  }
}

type Row = Record<keyof typeof columns, Cell>

function query(
  tenantId: string,
  { feature, member, key, from, to }: ExportLedgerInput,
  before: string | null,
): [string, unknown[]] {
  const where: [sql: string, value: unknown][] = [['tenant_id = ?', tenantId]]
  if (feature !== undefined) where.push(['feature_key = ?', feature])
  if (member !== undefined) where.push(['caller_id = ?', member])
  if (key !== undefined) where.push(['caller_id = ?', key])
  if (from !== undefined) where.push(['at >= ?', new Date(from)])
  if (to !== undefined) where.push(['at < ?', new Date(to)])
  if (before !== null) where.push(['id < ?', before])
  const selected = Object.entries(columns).map(([name, sql]) => `${sql} as "${name}"`)
  return [
    `select ${selected.join(', ')} from quota_entry where ${where.map(([sql]) => sql).join(' and ')} order by id desc limit ${PAGE}`,
    where.map(([, value]) => value),
  ]
}

function instantText(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}
