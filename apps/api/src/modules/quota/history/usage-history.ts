import type { HistorySeries, UsageHistory, UsageHistoryInput } from '@tollkeeper/shared'
import { invalidInput } from '../../../kernel/app-error.ts'
import type { TenantContext } from '../../../kernel/context.ts'
import { inTenant } from '../../../kernel/in-transaction.ts'
import { catalogOf } from '../../catalog/index.ts'
import { findFeature } from '../decision/decide.ts'
import { type Buckets, bucketsOf } from './buckets.ts'
import { type HistoryCell, readHistory } from './history-query.ts'
import { labelsOf } from './labels.ts'
import { keptFrom } from './retention.ts'

const DAY_MS = 86_400_000
const usual = {
  hour: { days: 2, most: 31 },
  day: { days: 30, most: 400 },
  month: { days: 365, most: 3_660 },
} as const

/**
 * Use over time: of every metered feature or one, by feature, member, key or the value of a property. Whatever was answered before
 * is in it, and its totals are those of the ledger.
 * @throws AppError catalog.feature_unknown, input.invalid for a stretch that ends before it begins or is longer than the granularity
 * takes, or a property that is needed and missing
 */
export async function usageHistory(ctx: TenantContext, input: UsageHistoryInput): Promise<UsageHistory> {
  const catalog = await catalogOf(ctx.services)
  if (input.feature !== undefined) findFeature(catalog, input.feature)
  const buckets = bucketsFor(ctx, input)
  const { cells, labels } = await inTenant(ctx, async (em) => {
    const found = await readHistory(em, { ...input, tenantId: ctx.tenantId, buckets })
    return { cells: found, labels: await labelsOf(em, input.by, found) }
  })
  return {
    granularity: input.granularity,
    timeZone: input.timeZone,
    by: input.by,
    property: input.property ?? null,
    until: new Date(buckets.edges.at(-1)!).toISOString(),
    eventsKeptFrom: new Date(keptFrom(ctx.services)).toISOString(),
    buckets: buckets.starts,
    series: seriesOf(cells, buckets.starts.length).map(({ featureKey, key, ...series }) => ({
      feature: featureKey,
      unit: catalog.features.get(featureKey)?.unit ?? '',
      key,
      label: key === null ? null : (labels.get(key) ?? null),
      ...series,
    })),
  }
}

/** @throws AppError input.invalid */
export function bucketsFor({ services }: Pick<TenantContext, 'services'>, input: Omit<UsageHistoryInput, 'top'>): Buckets {
  const { granularity, timeZone, by, property, value } = input
  if (property === undefined && (by === 'property' || value !== undefined)) throw invalidInput('property', 'must be named')
  const to = input.to ?? dayIn(timeZone, services.clock.now().getTime())
  const from = input.from ?? addDays(to, 1 - usual[granularity].days)
  if (from > to) throw invalidInput('from', 'must not be after `to`')
  const { most } = usual[granularity]
  if (Date.parse(to) - Date.parse(from) >= most * DAY_MS)
    throw invalidInput('from', `must be at most ${most} days before \`to\` by the ${granularity}`)
  return bucketsOf({ from, to, granularity, timeZone })
}

function seriesOf(
  cells: HistoryCell[],
  length: number,
): (Pick<HistoryCell, 'featureKey' | 'key'> & Omit<HistorySeries, 'feature' | 'unit' | 'key' | 'label'>)[] {
  const series = new Map<string, ReturnType<typeof seriesOf>[number]>()
  for (const { featureKey, key, isRest, bucket, units } of cells) {
    const name = JSON.stringify([featureKey, isRest, key])
    const one = series.get(name) ?? { featureKey, key, isRest, total: 0, amounts: new Array<number>(length).fill(0) }
    series.set(name, one)
    one.amounts[bucket] = units
    one.total += units
  }
  const place = ({ key, isRest }: { key: string | null; isRest: boolean }) => (isRest ? 1 : key === null ? 2 : 0)
  return [...series.values()].sort((a, b) => a.featureKey.localeCompare(b.featureKey) || place(a) - place(b) || b.total - a.total)
}

function dayIn(timeZone: string, at: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
}
