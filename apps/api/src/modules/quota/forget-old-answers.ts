import type { Services } from '../../kernel/services.ts'

/** How long the answer to a request id is kept; 24 hours are promised. */
const KEPT_MS = 48 * 3_600_000
const MOST_AT_ONCE = 5_000

/** Removes the answers to request ids that nobody asks again, in small steps so that nothing waits for it. */
export async function forgetOldAnswers({ pool, clock }: Pick<Services, 'pool' | 'clock'>): Promise<number> {
  const before = new Date(clock.now().getTime() - KEPT_MS)
  let forgotten = 0
  for (;;) {
    const { rowCount } = await pool.query(
      `delete from quota_request where (tenant_id, request_id) in (select tenant_id, request_id from quota_request where at < $1 limit $2)`,
      [before, MOST_AT_ONCE],
    )
    forgotten += rowCount ?? 0
    if ((rowCount ?? 0) < MOST_AT_ONCE) return forgotten
  }
}
