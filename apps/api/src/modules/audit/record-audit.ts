import type { EntityManager } from '@mikro-orm/postgresql'
import { AuditEntry } from '@tollkeeper/db'
import type { Caller } from '../../kernel/caller.ts'
import type { TenantTransaction } from '../../kernel/in-transaction.ts'
import { newId } from '../../kernel/new-id.ts'

export interface AuditFact {
  action: string
  target?: string
  details?: Record<string, string | number | boolean | null>
}

/** Writes who did what, in the transaction of the change. */
export function recordAudit(tx: TenantTransaction, fact: AuditFact): void {
  writeAudit(tx.em, { ...fact, tenantId: tx.tenantId, caller: tx.context.caller, requestId: tx.context.requestId, at: tx.now })
}

/** The same for what happens outside any tenant, or is done by the server itself. */
export function writeAudit(
  em: EntityManager,
  fact: AuditFact & { tenantId: string | null; caller: Caller | 'system'; requestId: string | null; at: Date },
): void {
  em.create(AuditEntry, {
    id: newId('audit', fact.at.getTime()),
    tenantId: fact.tenantId,
    action: fact.action,
    ...actorOf(fact.caller),
    target: fact.target ?? null,
    details: fact.details ?? {},
    requestId: fact.requestId,
    at: fact.at,
  })
}

function actorOf(caller: Caller | 'system'): { actorKind: string; actorId: string | null; impersonatorId?: string | null } {
  if (caller === 'system') return { actorKind: 'system', actorId: null }
  if (caller.kind === 'user') return { actorKind: 'user', actorId: caller.userId, impersonatorId: caller.impersonatorId ?? null }
  if (caller.kind === 'api_key') return { actorKind: 'api_key', actorId: caller.keyId }
  return { actorKind: 'system', actorId: null }
}
