import type { KeyScope, OperatorRole, TenantRole } from '@tollkeeper/shared'

export interface UserCaller {
  kind: 'user'
  userId: string
  sessionId: string
  /** A cookie is sent by the browser whoever wrote the page, so only a cookie needs its request's origin checked. */
  via: 'cookie' | 'access_token'
  operatorRole: OperatorRole | null
  /** The operator who acts as this person, where one does. */
  impersonatorId?: string | null
  memberships: readonly { tenantId: string; role: TenantRole }[]
}

export interface KeyCaller {
  kind: 'api_key'
  keyId: string
  tenantId: string
  scopes: readonly KeyScope[]
}

/** Who asks. */
export type Caller = { kind: 'anonymous' } | UserCaller | KeyCaller

/** The caller's id in ledgers, audit rows and idempotency records. */
export function callerId(caller: Caller): string {
  if (caller.kind === 'user') return caller.userId
  return caller.kind === 'api_key' ? caller.keyId : 'anonymous'
}
