import type { BooksState } from '@tollkeeper/shared'
import type { Services } from '../../../kernel/services.ts'

const MOST_TOLD = 100

/** How far the check of the books is, and the differences it knows of, the oldest first and a hundred at most. */
export async function booksState({ pool }: Pick<Services, 'pool'>): Promise<BooksState> {
  const { rows: checks } = await pool.query<{
    roundEndedAt: Date | null
    roundBalances: number
    checkedTotal: number
    differences: number
  }>(
    `select round_ended_at as "roundEndedAt", round_balances::float8 as "roundBalances", checked_total::float8 as "checkedTotal",
       (select count(*)::int from books_difference) as differences
     from books_check where name = 'quota'`,
  )
  const { rows } = await pool.query<BooksState['rows'][number] & { windowStart: Date; foundAt: Date; seenAt: Date }>(
    `select tenant_id as "tenantId", feature_key as feature, window_start as "windowStart", origin, field, expected::float8 as expected,
       found::float8 as found, found_at as "foundAt", seen_at as "seenAt"
     from books_difference order by found_at, tenant_id, feature_key, window_start, origin, field limit ${MOST_TOLD}`,
  )
  const { roundEndedAt, ...check } = checks[0]!
  return {
    ...check,
    balanced: check.differences === 0,
    roundEndedAt: roundEndedAt?.toISOString() ?? null,
    rows: rows.map((row) => ({
      ...row,
      windowStart: row.windowStart.toISOString(),
      foundAt: row.foundAt.toISOString(),
      seenAt: row.seenAt.toISOString(),
    })),
  }
}
