import { formatAbsolute } from '../time/format-date.ts'
import { formatQuantity } from '../usage/format-quantity.ts'
import type { DenialDecision, DenialFacts, DenialRemedy, RemedyFacts } from './denial.ts'

/** Spells a key out for reading: `api_calls` becomes `api calls`. */
export function spellOut(key: string): string {
  return key.replaceAll('_', ' ')
}

/** The facts of a denial, numbers formatted for the locale. `unlimited` is written where there is no limit. */
export function denialFacts(decision: DenialDecision, featureName: string, unlimited: string, locale: string): DenialFacts {
  const write = (amount: number | null) => (amount === null ? unlimited : formatQuantity(amount, locale))
  return {
    code: decision.code,
    feature: featureName,
    amount: write(decision.amount),
    remaining: write(decision.remaining),
    limit: write(decision.limit),
    partly: decision.remaining !== null && decision.remaining > 0,
  }
}

/** The facts of a remedy. A fact that its kind does not have is an empty text. */
export function remedyFacts(
  remedy: DenialRemedy,
  planName: (key: string) => string,
  unlimited: string,
  { locale, timeZone }: { locale: string; timeZone?: string },
): RemedyFacts {
  const amount = remedy.amount ?? remedy.units
  const limit = remedy.limit === null ? unlimited : remedy.limit
  return {
    kind: remedy.kind,
    plan: remedy.plan === undefined ? '' : planName(remedy.plan),
    limit: typeof limit === 'number' ? formatQuantity(limit, locale) : (limit ?? ''),
    until: remedy.until === undefined ? '' : formatAbsolute(remedy.until, locale, timeZone),
    amount: amount === undefined ? '' : formatQuantity(amount, locale),
    permission: remedy.permission ?? '',
    scope: remedy.scope ?? '',
  }
}
