import type { PoolClient } from 'pg'
import type { Capped } from '../engine/cap-of.ts'

/** What one holder holds of a gauge. */
export interface Hold {
  holder: string
  units: number
  callerId: string
  expiresAt: Date | null
}

interface HolderKey {
  tenantId: string
  featureKey: string
  /** Null: nobody's, only what is past its time. */
  holder: string | null
}

/** Removes the holds of a gauge that are past their time, and reads the holder's own. The gauge must be locked. */
export async function takeHolds(
  client: PoolClient,
  { tenantId, featureKey, holder }: HolderKey,
  now: Date,
): Promise<{ due: Hold[]; kept: Hold[] }> {
  const { rows: due } = await client.query<Hold>({
    name: 'take-due-holds',
    text: `delete from gauge_hold where tenant_id = $1 and feature_key = $2 and expires_at <= $3
      returning holder, units::float8 as units, caller_id as "callerId", expires_at as "expiresAt"`,
    values: [tenantId, featureKey, now],
  })
  const { rows: kept } = await client.query<Hold>({
    name: 'read-hold',
    text: `select holder, units::float8 as units, caller_id as "callerId", expires_at as "expiresAt" from gauge_hold
      where tenant_id = $1 and feature_key = $2 and holder = $3`,
    values: [tenantId, featureKey, holder],
  })
  return { due, kept }
}

/** Those who hold under the holder's name, or past their time, and their caps that are open. */
export async function capsOfHolds(
  client: PoolClient,
  { tenantId, featureKey, holder }: HolderKey,
  now: Date,
): Promise<{ callerIds: string[]; caps: Capped[] }> {
  const { rows } = await client.query<{ callerId: string; limit: number | null }>({
    name: 'caps-of-holds',
    text: `select distinct h.caller_id as "callerId", b.granted::float8 as "limit" from gauge_hold h
      left join balance b on b.tenant_id = any (array[h.tenant_id]) and b.feature_key = h.feature_key and b.origin = h.caller_id and b.kind = 'cap'
      where h.tenant_id = $1 and h.feature_key = $2 and (h.holder = $3 or h.expires_at <= $4)`,
    values: [tenantId, featureKey, holder, now],
  })
  const caps = rows.flatMap(({ callerId, limit }) => (limit === null ? [] : [{ holder: callerId, limit }]))
  return { callerIds: rows.map(({ callerId }) => callerId), caps }
}

/** What is held of a gauge in all, by who asked for it. The gauge must be locked. */
export async function heldByCallers(
  client: PoolClient,
  { tenantId, featureKey }: Pick<HolderKey, 'tenantId' | 'featureKey'>,
): Promise<Map<string, number>> {
  const { rows } = await client.query<{ callerId: string; units: number }>({
    name: 'held-by-callers',
    text: `select caller_id as "callerId", sum(units)::float8 as units from gauge_hold where tenant_id = $1 and feature_key = $2 group by 1`,
    values: [tenantId, featureKey],
  })
  return new Map(rows.map(({ callerId, units }) => [callerId, units]))
}

export async function writeHold(
  client: PoolClient,
  { tenantId, featureKey, holder, units, callerId, expiresAt }: Hold & { tenantId: string; featureKey: string },
  now: Date,
): Promise<void> {
  await client.query({
    name: 'write-hold',
    text: `insert into gauge_hold (tenant_id, feature_key, holder, units, caller_id, acquired_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7)
      on conflict (tenant_id, feature_key, holder) do update set units = excluded.units, expires_at = excluded.expires_at`,
    values: [tenantId, featureKey, holder, units, callerId, now, expiresAt],
  })
}

export async function removeHold(client: PoolClient, { tenantId, featureKey, holder }: HolderKey): Promise<void> {
  await client.query('delete from gauge_hold where tenant_id = $1 and feature_key = $2 and holder = $3', [
    tenantId,
    featureKey,
    holder,
  ])
}
