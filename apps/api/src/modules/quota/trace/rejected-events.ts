import type { RejectedEvent, RejectedEventPage } from '@tollkeeper/shared'
import { invalidInput } from '../../../kernel/app-error.ts'
import type { TenantContext } from '../../../kernel/context.ts'
import { inTenant } from '../../../kernel/in-transaction.ts'
import { readRefusals } from './read-refusals.ts'

/** Events that were refused in the last 30 days, a row for each id and reason, the latest first. @throws AppError input.invalid */
export async function rejectedEvents(
  ctx: TenantContext,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<RejectedEventPage> {
  const before = cursor === undefined ? null : readCursor(cursor)
  const found = await inTenant(ctx, (em) => readRefusals(em, ctx.tenantId, { before, limit: limit + 1 }))
  const rows = found.slice(0, limit)
  return { rows, nextCursor: found.length > limit ? cursorOf(rows.at(-1)!) : null }
}

function cursorOf({ lastAt, code, id }: RejectedEvent): string {
  return `${Date.parse(lastAt)}.${code}.${id}`
}

function readCursor(cursor: string): { lastAt: string; code: string; id: string } {
  const found = /^(\d{1,14})\.([a-z_]+\.[a-z_]+)\.([\x21-\x7e]{1,128})$/.exec(cursor)
  if (!found) throw invalidInput('cursor', 'must be the `nextCursor` of a page')
  return { lastAt: new Date(Number(found[1])).toISOString(), code: found[2]!, id: found[3]! }
}
