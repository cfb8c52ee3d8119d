import type { ExportEventsInput, FileStream, UsageEventView } from '@tollkeeper/shared'
import type { TenantContext } from '../../../kernel/context.ts'
import { inTenant } from '../../../kernel/in-transaction.ts'
import { assertPropertyNamed, readEvents } from '../history/usage-events.ts'
import { type Cell, csvFile, fileName } from './csv.ts'

const PAGE = 1_000
const headings = ['id', 'feature', 'amount', 'at', 'received_at', 'caller', 'member', 'properties']

/**
 * Usage events as CSV, the latest to happen first; what is reported while it is read need not be in it.
 * @throws AppError input.invalid for a value without its property
 */
export function exportEvents(ctx: TenantContext, input: ExportEventsInput): Promise<FileStream> {
  assertPropertyNamed(input)
  return csvFile(ctx, fileName('usage-events', ctx), headings, pages(ctx, input))
}

async function* pages(ctx: TenantContext, input: ExportEventsInput): AsyncGenerator<Cell[][], void> {
  for (let before: UsageEventView | null = null; ; ) {
    const rows: UsageEventView[] = await inTenant(ctx, (em) => readEvents(em, ctx.tenantId, input, { before, limit: PAGE }))
    yield rows.map(toCells)
    if (rows.length < PAGE) return
    before = rows.at(-1)!
  }
}

function toCells({ id, feature, amount, at, receivedAt, caller, member, properties }: UsageEventView): Cell[] {
  return [id, feature, amount, at, receivedAt, caller, member, properties && JSON.stringify(properties)]
}
