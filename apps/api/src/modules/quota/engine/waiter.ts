import { AppError } from '../../../kernel/app-error.ts'
import type { ConsumeOutcome, EntitlementFact, KeptWithAnswer, Measure } from '../../../kernel/ports/quota-engine.ts'
import type { Capped } from './cap-of.ts'
import type { QuotaWindow } from './window-of.ts'

/** A request that waits for the commit it will be part of. */
export interface Waiter {
  tenantId: string
  /** Of the feature whose balances it takes from. */
  entitlement: EntitlementFact
  window: QuotaWindow
  /** In units of the feature that was asked for. */
  amount: number
  /** Absent: amounts of the entitlement's own feature are added up. */
  measure: Measure | undefined
  resource: string | null
  caps: readonly Capped[]
  callerId: string
  /** Whom a key asks for. */
  memberId: string | null
  decisionId: string
  requestId: string | null
  kept: KeptWithAnswer | null
  /** What its values take in a statement, about. */
  bytes: number
  /** When it arrived, on the monotonic clock. */
  since: number
  /** Requests of the same commit with the same id: they get this one's answer. */
  twins: Waiter[] | null
  resolve(outcome: ConsumeOutcome): void
  reject(error: unknown): void
}

/** Whether it takes its amount of one balance and nothing else has to be looked at: such requests are counted many at once. */
export function isPlain({ measure, caps, entitlement }: Waiter): boolean {
  return measure === undefined && caps.length === 0 && entitlement.rates === undefined
}

/** The feature that was asked for. */
export function askedFeature({ measure, entitlement }: Pick<Waiter, 'measure' | 'entitlement'>): string {
  return measure === undefined ? entitlement.featureKey : measure.featureKey
}

/** Answers a request and its twins; a twin that asks for something else is told so. */
export function settle(waiter: Waiter, outcome: ConsumeOutcome): void {
  waiter.resolve(outcome)
  if (!waiter.twins) return
  const asked = { featureKey: askedFeature(waiter), amount: waiter.amount, askedOf: waiter.kept?.askedOf ?? null }
  for (const twin of waiter.twins) {
    if (asksTheSame(twin, asked)) twin.resolve({ ...outcome, replayed: true })
    else twin.reject(conflictWith(outcome.decisionId))
  }
}

export function refuse(waiter: Waiter, error: unknown): void {
  waiter.reject(error)
  if (waiter.twins) for (const twin of waiter.twins) twin.reject(error)
}

/** What a request id was asked with before; `askedOf` is null where that was not kept. */
interface Asked {
  featureKey: string
  amount: number
  askedOf: string | null
}

export function asksTheSame(waiter: Waiter, { featureKey, amount, askedOf }: Asked): boolean {
  return askedFeature(waiter) === featureKey && waiter.amount === amount && isAskedOf({ askedOf }, waiter.kept)
}

/** Whether what else was asked is what was asked before, as far as that was kept. */
export function isAskedOf({ askedOf }: Pick<Asked, 'askedOf'>, kept: KeptWithAnswer | null): boolean {
  return askedOf === null || askedOf === kept?.askedOf
}

/** A refusal as it is kept under its request id; anything else as it is. */
export function withRemedies(outcome: ConsumeOutcome, kept: KeptWithAnswer | null): ConsumeOutcome {
  return outcome.allowed || kept === null ? outcome : { ...outcome, remedies: kept.remediesOf(outcome) }
}

export function conflictWith(decisionId: string): AppError {
  return new AppError('quota.request_conflict', { decisionId })
}
