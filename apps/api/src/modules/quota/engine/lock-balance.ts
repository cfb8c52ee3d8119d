import type { ClientBase } from 'pg'
import { type PoolRow, poolColumns, toPoolBalance } from './lock-pools.ts'
import type { PoolBalance } from './pool.ts'

/** Names one balance. */
export interface BalanceName {
  tenantId: string
  featureKey: string
  windowStart: Date | string
  origin: string
}

/** Locks one balance until the end of the transaction; null where there is none. */
export async function lockBalance(
  client: ClientBase,
  { tenantId, featureKey, windowStart, origin }: BalanceName,
): Promise<PoolBalance | null> {
  const { rows } = await client.query<PoolRow>({
    name: 'lock-balance',
    text: `select ${poolColumns} from balance b
      where b.tenant_id = $1 and b.feature_key = $2 and b.window_start = $3 and b.origin = $4 for update`,
    values: [tenantId, featureKey, windowStart, origin],
  })
  return rows[0] ? toPoolBalance(rows[0]) : null
}
