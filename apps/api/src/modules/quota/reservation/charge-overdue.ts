import type { Services } from '../../../kernel/services.ts'
import { inOneTransaction } from '../engine/in-one-transaction.ts'
import { tryAgain } from '../engine/try-again.ts'
import { settleOnce } from './settle-once.ts'

const MOST_AT_ONCE = 1_000

/**
 * Counts all of the reservations that are charged at their end and were not settled until then. Any number of nodes may do it at once.
 * @returns how many were charged
 */
export async function chargeOverdue({ pool, keyedPool, clock }: Pick<Services, 'pool' | 'keyedPool' | 'clock'>): Promise<number> {
  const now = clock.now()
  let charged = 0
  for (;;) {
    const { rows } = await pool.query<{ tenantId: string; id: string; asked: number; callerId: string }>(
      `select tenant_id as "tenantId", id, max(asked)::float8 as asked, max(caller_id) as "callerId" from reservation
       where state = 'held' and expires_at <= $1 and charged_at_end group by 1, 2 limit $2`,
      [now, MOST_AT_ONCE],
    )
    for (const { asked, ...reservation } of rows) {
      await tryAgain(() => inOneTransaction(keyedPool, (client) => settleOnce(client, { ...reservation, used: asked, now })))
      charged += 1
    }
    if (rows.length < MOST_AT_ONCE) return charged
  }
}
