import type { Services } from '../../../kernel/services.ts'
import { openMonths, startOfMonth } from './event-months.ts'
import { keptFrom } from './retention.ts'

const MONTHS_AHEAD = 2
const MOST_AT_ONCE = 5_000

export interface MonthsKept {
  /** The partitions that were dropped, oldest first. */
  dropped: string[]
  /** How many ids of events were forgotten with them. */
  forgotten: number
}

/**
 * Makes the months to come, and drops those whose time is over: first the events, a month at a time, then their ids in small steps.
 * Sums by hour and day stay. Any number of nodes may do it at once.
 */
export async function keepEventMonths(services: Services): Promise<MonthsKept> {
  const { pool, clock } = services
  const now = clock.now().getTime()
  await openMonths(
    services,
    Array.from({ length: MONTHS_AHEAD + 1 }, (_, later) => startOfMonth(now, later)),
  )
  const from = new Date(keptFrom(services))
  const { rows } = await pool.query<{ month: string }>('select usage_event_drop_months($1::date) as month', [
    from.toISOString().slice(0, 10),
  ])
  return { dropped: rows.map(({ month }) => month), forgotten: await forgetIds(pool, from) }
}

async function forgetIds(pool: Services['pool'], before: Date): Promise<number> {
  let forgotten = 0
  for (;;) {
    const { rowCount } = await pool.query(
      'delete from usage_event_key where ctid = any(array(select ctid from usage_event_key where at < $1 limit $2))',
      [before, MOST_AT_ONCE],
    )
    forgotten += rowCount ?? 0
    if ((rowCount ?? 0) < MOST_AT_ONCE) return forgotten
  }
}
