import { ApiKey } from '@tollkeeper/db'
import type { KeyView } from '@tollkeeper/shared'
import type { TenantContext } from '../../kernel/context.ts'
import { inTenant } from '../../kernel/in-transaction.ts'
import { toKeyView } from './view.ts'

/** The tenant's keys, newest first, revoked and expired ones too. */
export async function listKeys(
  ctx: TenantContext,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ rows: KeyView[]; nextCursor: string | null }> {
  const before = cursor === undefined ? {} : { id: { $lt: cursor } }
  const found = await inTenant(ctx, (em) =>
    em.find(ApiKey, { tenantId: ctx.tenantId, ...before }, { orderBy: { id: 'desc' }, limit: limit + 1 }),
  )
  const rows = found.slice(0, limit)
  const now = ctx.services.clock.now()
  return { rows: rows.map((key) => toKeyView(key, now)), nextCursor: found.length > limit ? rows.at(-1)!.id : null }
}
