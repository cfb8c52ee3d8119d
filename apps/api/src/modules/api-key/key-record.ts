import type { KeyScope } from '@tollkeeper/shared'
import type pg from 'pg'
import { AppError } from '../../kernel/app-error.ts'
import type { KeyCaller } from '../../kernel/caller.ts'
import { Interned } from '../../kernel/interned.ts'

/** What a node remembers of a key: enough to judge it, nothing that could be used as one. */
export interface KeyRecord {
  caller: KeyCaller
  revoked: boolean
  /** Milliseconds of the epoch; null for a key without an end. */
  expiresAt: number | null
  /** Milliseconds of the epoch of the last use that was written down. */
  lastUsedAt: number
}

/** There are few sets of scopes, and many keys with each. */
const interned = new Interned<KeyScope[]>(1_000)

/** @returns null when no key has this hash */
export async function readKeyRecord(pool: pg.Pool, hash: string): Promise<KeyRecord | null> {
  const { rows } = await pool.query<{
    id: string
    tenant_id: string
    scopes: KeyScope[]
    revoked: boolean
    expires_at: Date | null
    last_used_at: Date | null
  }>({
    name: 'key-by-hash',
    text: `select id, tenant_id, scopes, revoked_at is not null as revoked, expires_at, last_used_at from api_key where hash = $1`,
    values: [hash],
  })
  const row = rows[0]
  if (!row) return null
  return {
    caller: {
      kind: 'api_key',
      keyId: row.id,
      tenantId: row.tenant_id,
      scopes: interned.of(row.scopes.join(' '), () => row.scopes),
    },
    revoked: row.revoked,
    expiresAt: row.expires_at?.getTime() ?? null,
    lastUsedAt: row.last_used_at?.getTime() ?? 0,
  }
}

/** @throws AppError api_key.revoked, api_key.expired */
export function assertUsable(record: KeyRecord, now: number): void {
  if (record.revoked) throw new AppError('api_key.revoked')
  if (record.expiresAt !== null && record.expiresAt <= now) throw new AppError('api_key.expired')
}
