import type { Services } from '../../../kernel/services.ts'

/** As long as an answer to a request id is kept, and longer: the reservation it names is there as long as the answer. */
const KEPT_MS = 48 * 3_600_000
const MOST_AT_ONCE = 5_000

/** Removes reservations that were settled long ago. What they moved stays in the ledger. */
export async function forgetSettled({ pool, clock }: Pick<Services, 'pool' | 'clock'>): Promise<number> {
  const before = new Date(clock.now().getTime() - KEPT_MS)
  let forgotten = 0
  for (;;) {
    const { rowCount } = await pool.query(
      `delete from reservation where (tenant_id, id) in (
         select tenant_id, id from reservation where state <> 'held' and settled_at < $1 limit $2)`,
      [before, MOST_AT_ONCE],
    )
    forgotten += rowCount ?? 0
    if ((rowCount ?? 0) < MOST_AT_ONCE) return forgotten
  }
}
