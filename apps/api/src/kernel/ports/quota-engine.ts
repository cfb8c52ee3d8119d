import type { Cadence, DecisionCode, DecisionStep } from '@tollkeeper/shared'

/** What a tenant may use of one feature. A null limit is unlimited. */
export interface EntitlementFact {
  featureKey: string
  limit: number | null
  cadence: Cadence
}

export interface ConsumeRequest {
  tenantId: string
  entitlement: EntitlementFact
  amount: number
  callerId: string
  decisionId: string
  requestId: string | null
}

/** What was decided, after it was committed. `decisionId` is the first answer's when the request id was seen before. */
export interface ConsumeOutcome {
  allowed: boolean
  decisionId: string
  code: DecisionCode
  /** Units left in the window; null: unlimited. */
  remaining: number | null
  /** What is granted in the window: the plan's limit, or more where more was used before the limit fell. */
  limit: number | null
  resetsAt: Date | null
  replayed: boolean
}

export interface BalanceFact {
  featureKey: string
  used: number
  /** Held by reservations whose time is not over. */
  reserved: number
  remaining: number | null
  windowStart: Date | null
  resetsAt: Date | null
}

/** A decision as it is kept for those who ask later why. */
export interface LoggedDecision {
  tenantId: string
  decisionId: string
  featureKey: string
  amount: number
  allowed: boolean
  code: DecisionCode
  step: DecisionStep | null
  callerId: string
  requestId: string | null
  at: Date
}

/** Counts exactly, on any number of nodes: what was answered is committed, and never more than was granted. */
export interface QuotaEngine {
  /** @throws AppError quota.request_conflict, quota.overloaded */
  consume(request: ConsumeRequest): Promise<ConsumeOutcome>
  /** The balances as committed; a window that nothing was used in has none and counts as zero. */
  balances(tenantId: string, entitlements: readonly EntitlementFact[]): Promise<BalanceFact[]>
  /** Units came back to a tenant by another way than a change of its plan: what was remembered of exhausted balances is dropped. */
  roomCameBack(tenantId: string): void
  /** Whether the next grant is one of the sample that the decision log keeps. */
  samplesGrant(): boolean
  /** Keeps a decision for the decision log, which is written in batches and may lose its last second in a crash. */
  log(decision: LoggedDecision): void
  /** Requests that wait for a commit. */
  waiting(): number
  /** Answers what is waiting, then stops taking requests. */
  close(): Promise<void>
}
