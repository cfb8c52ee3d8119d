import type { HistoryGranularity, UsageHistoryInput } from '@tollkeeper/shared'

export type Split = UsageHistoryInput['by']

/** What the address says is shown, as far as it makes sense. */
export interface Shown {
  feature: string | undefined
  days: number
  step: HistoryGranularity
  by: Split
  property: string | undefined
}

export const periods = [2, 7, 30, 90, 365] as const
const usual = 30

/** Steps that a period can be told in: no more bars than can be seen, and more than one. */
export function stepsOf(days: number): HistoryGranularity[] {
  if (days <= 2) return ['hour', 'day']
  if (days <= 7) return ['day', 'hour']
  return days > 31 ? ['day', 'month'] : ['day']
}

export function readShown(search: { [Name in 'feature' | 'days' | 'step' | 'by' | 'property']?: string }): Shown {
  const days = periods.find((period) => String(period) === search.days) ?? usual
  const steps = stepsOf(days)
  const by = (['feature', 'member', 'key', 'property'] as const).find((split) => split === search.by) ?? 'feature'
  return {
    feature: search.feature,
    days,
    step: steps.find((step) => step === search.step) ?? steps[0]!,
    by,
    property: by === 'property' ? search.property : undefined,
  }
}

/** The first and last day of a period that ends today, in a time zone. */
export function rangeOf(days: number, timeZone: string, now: number): { from: string; to: string } {
  const to = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now)
  const from = new Date(Date.parse(to) - (days - 1) * 86_400_000).toISOString().slice(0, 10)
  return { from, to }
}

/** A bucket as it is read out, by the clocks of its own zone: the start carries its offset. */
export function bucketName(start: string, step: HistoryGranularity, locale: string): string {
  const local = `${start.slice(0, 19)}Z`
  const parts: Intl.DateTimeFormatOptions =
    step === 'month'
      ? { year: 'numeric', month: 'long' }
      : {
          month: 'short',
          day: 'numeric',
          ...(step === 'hour' ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } : { year: 'numeric' }),
        }
  return new Intl.DateTimeFormat(locale, { ...parts, timeZone: 'UTC' }).format(new Date(local))
}
