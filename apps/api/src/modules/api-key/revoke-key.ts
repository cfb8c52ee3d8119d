import { LockMode } from '@mikro-orm/core'
import { ApiKey } from '@tollkeeper/db'
import type { KeyView } from '@tollkeeper/shared'
import { AppError } from '../../kernel/app-error.ts'
import { announceChange } from '../../kernel/change-feed.ts'
import type { TenantContext } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/in-transaction.ts'
import { recordAudit } from '../audit/index.ts'
import { toKeyView } from './view.ts'

/**
 * Ends a key for good: this node refuses it from the commit on, every other within a second. Revoking it again changes nothing.
 * @throws AppError api_key.not_found, the same for a key of others as for none
 */
export function revokeKey(ctx: TenantContext, id: string): Promise<KeyView> {
  return inTransaction(ctx, async (tx) => {
    const key = await tx.em.findOne(ApiKey, { tenantId: tx.tenantId, id }, { lockMode: LockMode.PESSIMISTIC_WRITE })
    if (!key) throw new AppError('api_key.not_found')
    if (!key.revokedAt) {
      key.revokedAt = tx.now
      announceChange(tx.em, 'api_key', id)
      recordAudit(tx, { action: 'api_key.revoked', target: id, details: { name: key.name } })
    }
    return toKeyView(key, tx.now)
  })
}
