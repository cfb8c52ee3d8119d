import type { ApiKey } from '@tollkeeper/db'
import type { KeyScope, KeyView } from '@tollkeeper/shared'

export function toKeyView(key: ApiKey, now: Date): KeyView {
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    lastFour: key.lastFour,
    scopes: key.scopes as KeyScope[],
    status: statusOf(key, now),
    createdAt: key.createdAt.toISOString(),
    createdBy: key.createdBy ?? null,
    expiresAt: key.expiresAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  }
}

function statusOf(key: ApiKey, now: Date): KeyView['status'] {
  if (key.revokedAt) return 'revoked'
  return key.expiresAt && key.expiresAt <= now ? 'expired' : 'active'
}
