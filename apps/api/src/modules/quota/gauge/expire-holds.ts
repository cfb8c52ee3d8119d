import type { Services } from '../../../kernel/services.ts'
import { inOneTransaction } from '../engine/in-one-transaction.ts'
import { tryAgain } from '../engine/try-again.ts'
import { lockGauge } from './lock-gauge.ts'

const MOST_AT_ONCE = 1_000

/** Gives back what is held of gauges past its time, gauge by gauge. Any number of nodes may do it at once. */
export async function expireHolds({ pool, keyedPool, clock }: Pick<Services, 'pool' | 'keyedPool' | 'clock'>): Promise<void> {
  const now = clock.now()
  const { rows } = await pool.query<{ tenantId: string; featureKey: string }>(
    `select tenant_id as "tenantId", feature_key as "featureKey" from gauge_hold
     where expires_at <= $1 group by 1, 2 limit $2`,
    [now, MOST_AT_ONCE],
  )
  for (const { tenantId, featureKey } of rows)
    await tryAgain(() => inOneTransaction(keyedPool, (client) => lockGauge(client, { tenantId, featureKey, holder: null }, now)))
}
