import { z } from 'zod'
import { TimeZone } from './account.ts'
import { FeatureKey } from './catalog.ts'
import { idOf } from './id.ts'
import { CalendarDay, Instant } from './time.ts'

export const HistoryGranularity = z.enum(['hour', 'day', 'month'])
export type HistoryGranularity = z.infer<typeof HistoryGranularity>

export const UsageHistoryInput = z.strictObject({
  feature: FeatureKey.optional().describe('Absent: every metered feature, each in series of its own.'),
  from: CalendarDay.optional().describe(
    'The first day, in `timeZone`. Absent: two days by the hour, 30 by the day, a year by the month.',
  ),
  to: CalendarDay.optional().describe(
    'The last day, counted in. Absent: today. At most 31 days by the hour, 400 by the day, ten years by the month.',
  ),
  granularity: HistoryGranularity.default('day'),
  timeZone: TimeZone.default('UTC').describe(
    'Whose days and months are meant. An hour of UTC belongs to the day that it begins in.',
  ),
  by: z.enum(['feature', 'member', 'key', 'property']).default('feature').describe('What each series is of.'),
  member: idOf('user').optional().describe('Only what this person used, and what API keys asked or reported for them.'),
  key: idOf('apiKey').optional().describe('Only what this API key used.'),
  property: z.string().min(1).max(64).optional().describe('A property of usage events; needed `by` property, and for `value`.'),
  value: z.string().max(256).optional().describe('Only usage events whose property has this value.'),
  top: z
    .int()
    .min(1)
    .max(100)
    .default(10)
    .describe('Series of a feature that are told one by one; what is beyond them is one more.'),
})
export type UsageHistoryInput = z.infer<typeof UsageHistoryInput>

export const HistorySeries = z.strictObject({
  feature: FeatureKey,
  unit: z.string(),
  key: z.string().nullable().describe("A member's or key's id, or the property's value; null: what is of none, or of the rest."),
  label: z.string().nullable().describe('The name of the member or key.'),
  isRest: z.boolean().describe('Stands for all that is beyond `top`.'),
  total: z.int(),
  amounts: z.array(z.int()).describe('One for each bucket.'),
})
export type HistorySeries = z.infer<typeof HistorySeries>

/** The totals of all series are what the ledger counted in the stretch. */
export const UsageHistory = z
  .strictObject({
    granularity: HistoryGranularity,
    timeZone: z.string(),
    by: UsageHistoryInput.shape.by.unwrap(),
    property: z.string().nullable(),
    buckets: z.array(Instant).describe('The first instant of each, with the offset of the time zone.'),
    until: Instant.describe('The first instant after the last bucket.'),
    eventsKeptFrom: Instant.describe('Properties are known since then; what was used before has none.'),
    series: z.array(HistorySeries),
  })
  .meta({ id: 'UsageHistory' })
export type UsageHistory = z.infer<typeof UsageHistory>
