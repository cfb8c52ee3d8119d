/**
 * What happens to a feature while Tollkeeper cannot be reached. The catalog declares one for each feature; `closed` is what holds
 * where nothing is declared.
 *
 * - `closed`: nothing passes.
 * - `open`: up to `cap` units pass in any `perSeconds` seconds, and are reported later.
 * - `lease`: units are taken ahead, `units` at a time and for `expiresIn` seconds, and used without asking.
 */
export type FailurePolicy =
  | { kind: 'closed' }
  | { kind: 'open'; cap: number; perSeconds: number }
  | { kind: 'lease'; units: number; expiresIn: number }

/** A feature as the server tells it to apps. */
export interface DeclaredFeature {
  feature: string
  kind: 'boolean' | 'static' | 'metered' | 'gauge' | 'credit_system'
  failurePolicy: FailurePolicy
}

/** What the server last said about the features, and for whom. */
export interface DeclaredFeatures {
  tenantId: string
  /** Milliseconds since 1970, by this machine's clock. */
  readAt: number
  features: readonly DeclaredFeature[]
}

export const closed: FailurePolicy = { kind: 'closed' }

/** @throws TypeError that says which number cannot be right */
export function assertPolicy(feature: string, policy: FailurePolicy): void {
  const wrong = (name: string) => new TypeError(`The ${name} of the failure policy of ${feature} is not a whole number above zero.`)
  const check = (name: string, value: number) => {
    if (!Number.isSafeInteger(value) || value < 1) throw wrong(name)
  }
  if (policy.kind === 'closed') return
  if (policy.kind === 'open') {
    check('cap', policy.cap)
    check('perSeconds', policy.perSeconds)
  } else if (policy.kind === 'lease') {
    check('units', policy.units)
    check('expiresIn', policy.expiresIn)
  } else throw new TypeError(`The failure policy of ${feature} is none of closed, open and lease.`)
}
