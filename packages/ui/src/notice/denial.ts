import type { Instant } from '../time/format-date.ts'

/** Something that would make a refused request allowed. Fields beyond `kind` depend on it. */
export interface DenialRemedy {
  kind: string
  plan?: string
  limit?: number | null
  until?: Instant
  amount?: number
  units?: number
  permission?: string
  scope?: string
}

/** A decision as `authorize` answers it. */
export interface DenialDecision {
  allowed: boolean
  decisionId: string
  code: string
  feature: string
  amount: number
  remaining: number | null
  limit: number | null
  resetsAt: Instant | null
  remedies: readonly DenialRemedy[]
}

/** What a denial is written from: the decision with its numbers formatted for the locale and its names spelled out. */
export interface DenialFacts {
  code: string
  feature: string
  amount: string
  remaining: string
  limit: string
  /** Something is left, only not enough. */
  partly: boolean
}

/** A remedy with its numbers formatted and its names spelled out. */
export interface RemedyFacts {
  kind: string
  plan: string
  limit: string
  until: string
  amount: string
  permission: string
  scope: string
}
