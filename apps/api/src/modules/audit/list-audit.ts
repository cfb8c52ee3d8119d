import { AuditEntry } from '@tollkeeper/db'
import type { AuditEntryView } from '@tollkeeper/shared'
import type { TenantContext } from '../../kernel/context.ts'
import { inTenant } from '../../kernel/in-transaction.ts'

/** What was done in the tenant, newest first. */
export async function listAudit(
  ctx: TenantContext,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ rows: AuditEntryView[]; nextCursor: string | null }> {
  const found = await inTenant(ctx, (em) =>
    em.find(
      AuditEntry,
      { tenantId: ctx.tenantId, ...(cursor ? { id: { $lt: cursor } } : {}) },
      { orderBy: { id: 'desc' }, limit: limit + 1 },
    ),
  )
  const rows = found.slice(0, limit)
  return { rows: rows.map(toAuditView), nextCursor: found.length > limit ? rows.at(-1)!.id : null }
}

/** An entry as it is told to members of its tenant and to operators. */
export function toAuditView(entry: AuditEntry): AuditEntryView {
  return {
    id: entry.id,
    action: entry.action,
    actor: {
      kind: entry.actorKind as AuditEntryView['actor']['kind'],
      id: entry.actorId ?? null,
      ...(entry.impersonatorId ? { impersonatorId: entry.impersonatorId } : {}),
    },
    target: entry.target ?? null,
    details: entry.details,
    requestId: entry.requestId ?? null,
    at: entry.at.toISOString(),
  }
}
