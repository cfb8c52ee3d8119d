import type { EntityManager } from '@mikro-orm/postgresql'
import { ApiKey } from '@tollkeeper/db'
import type { Caller } from '../../kernel/caller.ts'
import { announceChange } from '../../kernel/change-feed.ts'
import { writeAudit } from '../audit/index.ts'

/** Whose keys, in which tenant, and who asks for it. */
interface Issuer {
  tenantId: string
  userId: string
  caller: Caller | 'system'
  requestId: string | null
  now: Date
}

/** How many keys of the tenant that this person issued still open something. */
export function countLiveKeysOf(em: EntityManager, issuer: Pick<Issuer, 'tenantId' | 'userId' | 'now'>): Promise<number> {
  return em.count(ApiKey, live(issuer))
}

/** Ends every key of the tenant that this person issued, in the caller's transaction. @returns how many there were */
export async function revokeKeysOf(em: EntityManager, issuer: Issuer): Promise<number> {
  const { tenantId, userId, caller, requestId, now } = issuer
  const keys = await em.find(ApiKey, live(issuer))
  for (const key of keys) {
    key.revokedAt = now
    announceChange(em, 'api_key', key.id)
    const details = { name: key.name, issuer: userId }
    writeAudit(em, { tenantId, action: 'api_key.revoked', target: key.id, details, caller, requestId, at: now })
  }
  return keys.length
}

function live({ tenantId, userId, now }: Pick<Issuer, 'tenantId' | 'userId' | 'now'>) {
  return { tenantId, createdBy: userId, revokedAt: null, $or: [{ expiresAt: null }, { expiresAt: { $gt: now } }] }
}
