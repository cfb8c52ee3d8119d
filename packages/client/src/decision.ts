/** What you ask: may the holder of this key use so much of this feature, now? */
export interface Question {
  /** A key of the catalog, for example `characters`. */
  feature: string
  /** Whole units of the feature, at least 1. Absent: 1. */
  amount?: number
  /** Of a feature that counts different ones: a document, a device, a person of your own. Others ignore it. */
  resource?: string
  /** The member you ask for: their part of the tenant's units holds as well. */
  member?: string
}

export interface AuthorizeRequest extends Question {
  /**
   * Names this attempt: asked again with the same id, it is answered the same and charged once. Printable ASCII, at most
   * 128 characters. Absent: one is made, which covers the repetitions inside this call; give your own when the attempt must
   * survive a restart of your program.
   */
  requestId?: string
}

export type DecisionStep = 'credential' | 'status' | 'membership' | 'permission' | 'subscription' | 'entitlement' | 'rate' | 'quota'

export type DecisionCode =
  | 'allowed'
  | 'auth.user_suspended'
  | 'tenant.suspended'
  | 'access.not_a_member'
  | 'access.forbidden'
  | 'api_key.scope_missing'
  | 'billing.payment_overdue'
  | 'quota.not_in_plan'
  | 'rate.limit_reached'
  | 'quota.cap_reached'
  | 'quota.limit_reached'

/** What would make a refused request allowed. */
export type Remedy =
  | { kind: 'upgrade'; plan: string; limit: number | null }
  | { kind: 'wait'; until: string }
  | { kind: 'use_less'; amount: number }
  | { kind: 'top_up'; feature: string; units: number }
  | { kind: 'raise_cap'; limit: number }
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
  /** Units of this request beyond the limit; absent: none. */
  overage?: number
  /** Where the feature is paid in credits: how many this is. `remaining` and `limit` are then in credits. */
  credits?: { feature: string; amount: number }
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
