import type { KeyScope, OperatorRole, SecondFactorProof, TenantRole } from '@tollkeeper/shared'

export interface UserCaller {
  kind: 'user'
  userId: string
  sessionId: string
  /** A cookie is sent by the browser whoever wrote the page, so only a cookie needs its request's origin checked. */
  via: 'cookie' | 'access_token'
  operatorRole: OperatorRole | null
  /** The operator who acts as this person, where one does. */
  impersonatorId?: string | null
  /** When they last proved who they are, in milliseconds since 1970. */
  provedAt: number
  /** What was proved beside the first factor in this session; null: nothing. */
  secondFactor: SecondFactorProof | null
  memberships: readonly {
    tenantId: string
    role: TenantRole
    /** True: nobody acts in this tenant who has not signed in with two factors. */
    secondFactorRequired?: boolean
  }[]
}

export interface KeyCaller {
  kind: 'api_key'
  keyId: string
  tenantId: string
  scopes: readonly KeyScope[]
}

/** Who has proved one factor of two. They are nobody yet: all they can do is to prove the other. */
export interface PendingCaller {
  kind: 'pending'
  challengeId: string
  userId: string
  via: 'cookie' | 'token'
}

/** Who asks. */
export type Caller = { kind: 'anonymous' } | UserCaller | KeyCaller | PendingCaller

/** The caller's id in ledgers, audit rows and idempotency records. */
export function callerId(caller: Caller): string {
  if (caller.kind === 'user') return caller.userId
  if (caller.kind === 'pending') return caller.challengeId
  return caller.kind === 'api_key' ? caller.keyId : 'anonymous'
}
