import type { DeclaredFeatures } from './failure-policy.ts'

/** Usage that passed without the server. Everything it will be reported with is fixed when it passes. */
export interface PassedUsage {
  /** The event's id: the server counts it once, however often it is sent. */
  id: string
  feature: string
  amount: number
  resource?: string
  /** Whom it was used for. */
  member?: string
  /** Milliseconds since 1970. */
  at: number
  /** Of the `authorize` that got no answer. */
  requestId: string | null
  /** Whether that one may have reached the server, and so may have been counted there. */
  asked: boolean
  /** What let it pass; `track`: it was reported as already used. */
  by: 'open' | 'track'
  properties?: Record<string, string | number | boolean>
}

/** Units taken ahead, as the journal keeps them. */
export interface HeldLease {
  leaseId: string
  feature: string
  units: number
  /** Milliseconds since 1970, by this machine's clock. */
  takenAt: number
  expiresAt: number
}

/** What the journal is made of: a line each, and what holds is their sum. */
export type QueueRecord =
  | { t: 'declared'; declared: DeclaredFeatures }
  /** `inSpent`: the cap knows of it by a `spent` line already. */
  | { t: 'passed'; usage: PassedUsage; inSpent?: boolean }
  /** The server has counted these, or had before. */
  | { t: 'reported'; ids: string[] }
  /** The server will not count it; it stays until it is dismissed. */
  | { t: 'rejected'; id: string; code: string; at: number }
  | { t: 'dismissed'; ids: string[] }
  /** What the cap still has to know of what passed. */
  | { t: 'spent'; feature: string; amount: number; at: number }
  | { t: 'lease'; lease: HeldLease }
  | { t: 'used'; leaseId: string; feature: string; amount: number; at: number; requestId: string | null }
  /** Nothing more is used of it; the server may have been told what was. */
  | { t: 'ending'; leaseId: string }
  | { t: 'settled'; leaseId: string }
