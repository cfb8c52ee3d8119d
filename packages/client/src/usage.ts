/** Something that was used already. */
export interface UsageEvent {
  /**
   * Yours: a second event with the same id is counted once. Absent: one is made, which covers the repetitions inside this
   * call; give your own when the report must survive a restart of your program.
   */
  id?: string
  feature: string
  /** Whole units of the feature, at least 1. Absent: 1. */
  amount?: number
  /** Of a feature that counts different ones. */
  resource?: string
  /** The member you report for: it is of their part of the tenant's units as well. */
  member?: string
  /** When it happened, ISO 8601. Absent: now. */
  at?: string
  properties?: Record<string, string | number | boolean>
  /** Of an `authorize` that got no answer: where that one was counted, this event is a duplicate. */
  requestId?: string
}

/** What became of one event. */
export interface EventFate {
  id: string
  /** `queued`: the server could not be reached; it will be reported later. */
  state: 'counted' | 'duplicate' | 'rejected' | 'queued'
  /** Why it was rejected. */
  code: string | null
  /** Where in the request: `events.3.at`. */
  path: string | null
}

export interface TrackAnswer {
  counted: number
  duplicates: number
  rejected: number
  /** Kept to be reported later; always 0 without `offline`. */
  queued: number
  /** In the order in which they were sent. */
  events: EventFate[]
}

export interface FeatureUsage {
  feature: string
  name: string
  kind: 'boolean' | 'static' | 'metered' | 'gauge' | 'credit_system'
  unit: string
  used: number
  /** Held by reservations, beside what is used. */
  reserved: number
  /** Null is unlimited. */
  limit: number | null
  /** Null is unlimited. */
  remaining: number | null
  cadence: 'day' | 'week' | 'month' | 'period' | 'never'
  windowStart: string | null
  resetsAt: string | null
  /** Use past the limit, where the plan allows it; absent: the limit is hard. A null limit: as much as you like. */
  overage?: { used: number; limit: number | null }
}

/** Use and limit of every feature of the tenant, now. */
export interface CurrentUsage {
  tenantId: string
  plan: string
  asOf: string
  features: FeatureUsage[]
}
