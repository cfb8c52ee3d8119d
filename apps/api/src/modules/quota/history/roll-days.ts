import type pg from 'pg'
import type { Services } from '../../../kernel/services.ts'
import { inOneTransaction } from '../engine/in-one-transaction.ts'

const DAY_MS = 86_400_000
/** Longer than anything that was under way when its usage was still taken. */
const UNDER_WAY_MS = 3 * DAY_MS
const MOST_DAYS_A_RUN = 400

/**
 * Sums up the hours of days that can change no more, day by day, and remembers how far it came. Done again it has the same end.
 * @returns how many days were summed up
 */
export async function rollDays({ pool, clock }: Pick<Services, 'pool' | 'clock'>): Promise<number> {
  const settled = Math.floor((clock.now().getTime() - (await latestMs(pool)) - UNDER_WAY_MS) / DAY_MS) * DAY_MS
  for (let days = 0; ; days++) {
    if (days === MOST_DAYS_A_RUN || !(await inOneTransaction(pool, (client) => rollNext(client, settled)))) return days
  }
}

/** One day in one transaction; nodes that do it at once take turns. */
async function rollNext(client: pg.ClientBase, settled: number): Promise<boolean> {
  const { rows } = await client.query<{ until: Date }>(`select until from usage_rollup where name = 'day' for update`)
  const until = rows[0]!.until.getTime()
  const day = until === 0 ? await firstDay(client) : until
  if (day === null || day >= settled) return false
  await client.query({
    name: 'roll-day',
    text: `insert into usage_day as d (tenant_id, feature_key, day, caller_id, member_id, units)
      select tenant_id, feature_key, $3::date, caller_id, member_id, sum(units) from usage_hour where hour >= $1 and hour < $2 group by 1, 2, 4, 5
      order by 1, 2, 4, 5
      on conflict (tenant_id, feature_key, day, caller_id, member_id) do update set units = excluded.units where d.units <> excluded.units`,
    values: [new Date(day), new Date(day + DAY_MS), new Date(day).toISOString().slice(0, 10)],
  })
  await client.query(`update usage_rollup set until = $1 where name = 'day'`, [new Date(day + DAY_MS)])
  return true
}

/** Nothing was summed up yet: begin where usage begins. */
async function firstDay(client: pg.ClientBase): Promise<number | null> {
  const { rows } = await client.query<{ first: Date | null }>('select min(hour) as first from usage_hour')
  return rows[0]!.first && Math.floor(rows[0]!.first.getTime() / DAY_MS) * DAY_MS
}

/** How late usage of any feature may be reported. */
async function latestMs(pool: Services['pool']): Promise<number> {
  const { rows } = await pool.query<{ seconds: number }>('select coalesce(max(late_seconds), 0) as seconds from feature')
  return rows[0]!.seconds * 1000
}
