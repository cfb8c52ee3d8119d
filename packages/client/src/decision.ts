/** What you ask: may the holder of this key use so much of this feature, now? */
export interface Question {
  /** A key of the catalog, for example `characters`. */
  feature: string
  /** Whole units of the feature, at least 1. Absent: 1. */
  amount?: number
}

export interface AuthorizeRequest extends Question {
  /**
   * Names this attempt: asked again with the same id, it is answered the same and charged once. Printable ASCII, at most
   * 128 characters. Absent: one is made, which covers the repetitions inside this call; give your own when the attempt must
   * survive a restart of your program.
   */
  requestId?: string
}

export type DecisionStep = 'credential' | 'status' | 'membership' | 'permission' | 'subscription' | 'entitlement' | 'quota'

export type DecisionCode =
  | 'allowed'
  | 'auth.user_suspended'
  | 'tenant.suspended'
  | 'access.not_a_member'
  | 'access.forbidden'
  | 'api_key.scope_missing'
  | 'billing.payment_overdue'
  | 'quota.not_in_plan'
  | 'quota.limit_reached'

/** What would make a refused request allowed. */
export type Remedy =
  | { kind: 'upgrade'; plan: string; limit: number | null }
  | { kind: 'wait'; until: string }
  | { kind: 'use_less'; amount: number }
  | { kind: 'pay_invoice' }
  | { kind: 'ask_role'; permission: string }
  | { kind: 'issue_key'; scope: string }
  | { kind: 'contact_operator' }

export interface Decision {
  allowed: boolean
  /** Quote it when you ask for help. */
  decisionId: string
  code: DecisionCode
  /** The step that refused; null when allowed. */
  step: DecisionStep | null
  feature: string
  amount: number
  /** Units left in the present window; null is unlimited. */
  remaining: number | null
  /** Null is unlimited. */
  limit: number | null
  /** When the limit starts again, ISO 8601; null is never. */
  resetsAt: string | null
  remedies: Remedy[]
}

export interface ExplainedStep {
  step: DecisionStep
  outcome: 'passed' | 'refused'
  code: DecisionCode
  detail: string
  evidence: { kind: string; id: string }[]
}

/** Every step of a decision, not only to the first refusal. */
export interface Explanation {
  decision: Decision
  steps: ExplainedStep[]
  /** The smallest single change that would allow it; null when it is allowed, or when no single one would. */
  smallestChange: Remedy | null
}
