import type { Decision } from '../decision.ts'

/** How something was allowed without the server being asked. */
export interface LetThrough {
  by: 'open' | 'lease'
  /** When, ISO 8601. */
  at: string
  /** Units that may still pass so. */
  left: number
}

/** An answer to `authorize`: the server's, or one of the feature's failure policy. */
export interface AuthorizeAnswer extends Decision {
  /** Absent: the server decided. */
  letThrough?: LetThrough
}

interface Passed {
  /** Of the event it is reported with, or of the lease. */
  id: string
  feature: string
  amount: number
  limit: number
  letThrough: LetThrough
}

/** What passed, told in the shape of a decision: what is left and the limit are those of the policy. */
export function toAnswer({ id, feature, amount, limit, letThrough }: Passed): AuthorizeAnswer {
  return {
    allowed: true,
    decisionId: id,
    code: 'allowed',
    step: null,
    feature,
    amount,
    remaining: letThrough.left,
    limit,
    resetsAt: null,
    remedies: [],
    letThrough,
  }
}
