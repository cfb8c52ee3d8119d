import type { Aggregation, Cadence, DecisionCode, DecisionStep, RateLimitView, Remedy } from '@tollkeeper/shared'

/** What a tenant may use of one feature, and on what terms. A null limit is unlimited. */
export interface EntitlementFact {
  featureKey: string
  limit: number | null
  cadence: Cadence
  /** Absent: windows are the calendar's in UTC. */
  windows?: { timeZone: string; anchorAt: number | null }
  /** Units that may be used past the limit; absent: none; null: any number. */
  overage?: number | null
  /** Absent: none. */
  rates?: readonly RateLimitView[]
  /** The most that a member or key may use of it in a window, by their id, `each_member` or `each_key`; absent: nobody is capped. */
  caps?: ReadonlyMap<string, number>
  /** There are grants beside the plan that have not ended. */
  granted?: true
  /** An operator gave the limit in place of the plan's, so another plan does not change it. */
  overridden?: true
}

/** How a request is measured, when it is not simply by its amount. */
export interface Measure {
  /** The feature that was asked for; its units may be paid from the credits of the entitlement's. */
  featureKey: string
  aggregation: Aggregation
  /** So many credits for so many units; a part of them counts as a whole. Null: it has a balance of its own. */
  rate: { units: number; per: number } | null
}

export interface ConsumeRequest {
  tenantId: string
  /** Of the feature that holds the balance: for one that is paid in credits, the credit system's. */
  entitlement: EntitlementFact
  /** In units of the feature that was asked for. */
  amount: number
  /** Absent: the amounts of the entitlement's own feature are added up. */
  measure?: Measure
  /** Of a feature that counts different ones. */
  resource?: string
  callerId: string
  /** The member for whom a key asks. */
  memberId?: string
  decisionId: string
  requestId: string | null
  /** With a request id: what is kept with its answer. */
  kept?: KeptWithAnswer
  /** A node may answer from units it took ahead; absent: what is answered is committed. */
  leased?: true
}

/** What is kept with the answer to a request id, so that it is told again as it was, and to nobody who asks for something else. */
export interface KeptWithAnswer {
  /** Digest of what was asked besides feature and amount; empty where nothing was. */
  askedOf: string
  /** What a refusal is told would help. */
  remediesOf(refusal: ConsumeOutcome): Remedy[]
}

/** What was decided, after it was committed. `decisionId` is the first answer's when the request id was seen before. */
export interface ConsumeOutcome {
  allowed: boolean
  decisionId: string
  code: DecisionCode
  /** Units left up to the limit in the window; null: unlimited. Where a cap or a rate refused: of that. */
  remaining: number | null
  /** What is granted in the window: the plan's limit, or more where more was used before the limit fell, and what else there is to use. */
  limit: number | null
  /** Units of this request past the limit; absent: none. */
  overage?: number
  /** What it costs in credits; absent: it is not paid in credits. */
  charged?: number
  resetsAt: Date | null
  /** Of a refusal that is kept under its request id: what it was told would help. */
  remedies?: Remedy[]
  replayed: boolean
}

export interface BalanceFact {
  featureKey: string
  used: number
  /** Held by reservations whose time is not over. */
  reserved: number
  /** What is granted up to the limit; null: no limit. */
  limit: number | null
  remaining: number | null
  /** What of the limit is granted beside the plan, or rolled over; null: some of it without a limit. */
  beside: number | null
  /** Use past the limit; null: the limit is hard. */
  overage: { used: number; limit: number | null } | null
  windowStart: Date | null
  resetsAt: Date | null
}

/** What is left of a part of something, and when there is all of it again. */
export interface Rest {
  name: string
  limit: number
  remaining: number
  resetsAt: Date | null
}

/** All that a request would be measured against now, besides its own amount. */
export interface RoomFact extends BalanceFact {
  /** Units that can still be taken, those past the limit as well. */
  available: number
  /** Of those who ask; only what binds them. */
  caps: Rest[]
  rates: Rest[]
  /** Ids of what was granted beside the plan and can be used now. */
  grants: string[]
  /** Whether the resource was counted in this window. */
  seen: boolean
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

export type RoomQuestion = Pick<ConsumeRequest, 'tenantId' | 'entitlement' | 'callerId' | 'memberId' | 'resource'> & {
  /** That is asked for. */
  featureKey: string
}

/** Counts exactly, on any number of nodes: what was answered is committed, and never more than was granted. */
export interface QuotaEngine {
  /** @throws AppError quota.request_conflict, quota.overloaded */
  consume(request: ConsumeRequest): Promise<ConsumeOutcome>
  /** The balances as committed; a window that nothing was used in has none and counts as zero. */
  balances(tenantId: string, entitlements: readonly EntitlementFact[]): Promise<BalanceFact[]>
  /** What one request would be measured against, as committed. */
  room(question: RoomQuestion): Promise<RoomFact>
  /** What is left to a tenant changed by another way than a request of its own or its plan: what was remembered of exhausted balances is dropped. */
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
