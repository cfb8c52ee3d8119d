import { AppError } from '../../../kernel/app-error.ts'
import type { ConsumeOutcome, EntitlementFact } from '../../../kernel/ports/quota-engine.ts'
import type { QuotaWindow } from './window-of.ts'

/** A request that waits for the commit it will be part of. */
export interface Waiter {
  tenantId: string
  entitlement: EntitlementFact
  window: QuotaWindow
  amount: number
  callerId: string
  decisionId: string
  requestId: string | null
  /** When it arrived, on the monotonic clock. */
  since: number
  /** Requests of the same commit with the same id: they get this one's answer. */
  twins: Waiter[] | null
  resolve(outcome: ConsumeOutcome): void
  reject(error: unknown): void
}

/** Answers a request and its twins; a twin that asks for something else is told so. */
export function settle(waiter: Waiter, outcome: ConsumeOutcome): void {
  waiter.resolve(outcome)
  if (!waiter.twins) return
  for (const twin of waiter.twins) {
    if (asksTheSame(twin, waiter.entitlement.featureKey, waiter.amount)) twin.resolve({ ...outcome, replayed: true })
    else twin.reject(conflictWith(outcome.decisionId))
  }
}

export function refuse(waiter: Waiter, error: unknown): void {
  waiter.reject(error)
  if (waiter.twins) for (const twin of waiter.twins) twin.reject(error)
}

export function asksTheSame(waiter: Waiter, featureKey: string, amount: number): boolean {
  return waiter.entitlement.featureKey === featureKey && waiter.amount === amount
}

export function conflictWith(decisionId: string): AppError {
  return new AppError('quota.request_conflict', { decisionId })
}
