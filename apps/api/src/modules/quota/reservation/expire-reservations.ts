import type { Services } from '../../../kernel/services.ts'
import { giveBackExpired } from '../engine/give-back-expired.ts'
import { inOneTransaction } from '../engine/in-one-transaction.ts'
import { lockBalance } from '../engine/lock-balance.ts'
import { tryAgain } from '../engine/try-again.ts'

const MOST_AT_ONCE = 1_000

/**
 * Gives back what reservations hold past their time, balance by balance. Any number of nodes may do it at once, and each
 * reservation expires once.
 * @returns how many expired
 */
export async function expireReservations(services: Pick<Services, 'pool' | 'keyedPool' | 'clock' | 'quota'>): Promise<number> {
  const { pool, keyedPool, clock, quota } = services
  const now = clock.now()
  let expired = 0
  for (;;) {
    const { rows } = await pool.query<{ tenantId: string; featureKey: string; windowStart: Date; origin: string }>(
      `select distinct tenant_id as "tenantId", feature_key as "featureKey", window_start as "windowStart", origin from (
         select * from reservation where state = 'held' and expires_at <= $1 and not charged_at_end order by expires_at limit $2) due`,
      [now, MOST_AT_ONCE],
    )
    if (rows.length === 0) return expired
    for (const key of rows) {
      expired += await tryAgain(() =>
        inOneTransaction(keyedPool, async (client) => {
          const balance = await lockBalance(client, key)
          return balance ? giveBackExpired(client, [balance], now) : 0
        }),
      )
      quota.roomCameBack(key.tenantId)
    }
  }
}
