import type { DailyUsage, DailyUsageInput } from '@tollkeeper/shared'
import type { z } from 'zod'
import { invalidInput, wrongFeature } from '../../kernel/app-error.ts'
import type { TenantContext } from '../../kernel/context.ts'
import { catalogOf } from '../catalog/index.ts'
import { findFeature } from './decision/decide.ts'

const DAY_MS = 86_400_000
const USUAL_DAYS = 30
const MOST_DAYS = 366

/**
 * Use of one feature by day, UTC, with the days on which there was none. Whatever was answered before is in it.
 * @throws AppError catalog.feature_unknown, quota.feature_not_metered, input.invalid for a stretch that ends before it begins or is
 * longer than 366 days
 */
export async function dailyUsage(
  ctx: TenantContext,
  { feature: key, from, to }: z.infer<typeof DailyUsageInput>,
): Promise<DailyUsage> {
  const { services, tenantId } = ctx
  const feature = findFeature(await catalogOf(services), key)
  if (feature.kind !== 'metered') throw wrongFeature('quota.feature_not_metered', 'is not counted')
  const last = to === undefined ? Math.floor(services.clock.now().getTime() / DAY_MS) * DAY_MS : Date.parse(to)
  const first = from === undefined ? last - (USUAL_DAYS - 1) * DAY_MS : Date.parse(from)
  if (first > last) throw invalidInput('from', 'must not be after `to`')
  if (last - first > MOST_DAYS * DAY_MS) throw invalidInput('from', `must be at most ${MOST_DAYS} days before \`to\``)
  const { rows } = await services.pool.query<{ day: string; units: number }>({
    name: 'daily-usage',
    text: `select to_char(hour at time zone 'UTC', 'YYYY-MM-DD') as day, sum(units)::float8 as units from usage_hour
      where tenant_id = $1 and feature_key = $2 and hour >= $3 and hour < $4 group by 1`,
    values: [tenantId, key, new Date(first), new Date(last + DAY_MS)],
  })
  const used = new Map(rows.map(({ day, units }) => [day, units]))
  const days = Array.from({ length: (last - first) / DAY_MS + 1 }, (_, index) => dayName(first + index * DAY_MS))
  return { feature: key, unit: feature.unit, days: days.map((date) => ({ date, amount: used.get(date) ?? 0 })) }
}

function dayName(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
