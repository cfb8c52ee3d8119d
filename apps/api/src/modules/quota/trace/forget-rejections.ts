import type { Services } from '../../../kernel/services.ts'

const KEPT_MS = 30 * 86_400_000
const MOST_AT_ONCE = 5_000

/** Removes what is known of refused events when it is 30 days old, in small steps. */
export async function forgetRejections({ pool, clock }: Pick<Services, 'pool' | 'clock'>): Promise<number> {
  const before = new Date(clock.now().getTime() - KEPT_MS)
  let forgotten = 0
  for (;;) {
    const { rowCount } = await pool.query(
      'delete from usage_rejection where ctid = any(array(select ctid from usage_rejection where last_at < $1 limit $2))',
      [before, MOST_AT_ONCE],
    )
    forgotten += rowCount ?? 0
    if ((rowCount ?? 0) < MOST_AT_ONCE) return forgotten
  }
}
