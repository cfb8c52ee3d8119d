import type { Permission, TenantRole } from '@tollkeeper/shared'
import type { Caller, PendingCaller, UserCaller } from './caller.ts'
import type { Services } from './services.ts'

/** The name of one attempt at a mutation, and a hash of what was asked. */
export interface IdempotencyClaim {
  key: string
  procedure: string
  requestHash: string
  /** False: the answer holds a secret that is shown once, so it is not stored. */
  repeatable: boolean
}

/** What one request carries, before anything is known of rights. */
export interface RequestContext {
  services: Services
  requestId: string
  caller: Caller
  /** The tenant named in X-Tenant-Id, unverified. */
  requestedTenantId: string | null
  idempotencyKey: string | null
  idempotency: IdempotencyClaim | null
  client: { ip: string; userAgent: string | null; acceptLanguage?: string | null }
  /** Adds a header to the answer; a cookie only where the procedure says that it sets one. */
  setHeader(name: string, value: string | string[]): void
}

export interface UserContext extends RequestContext {
  caller: UserCaller
}

/** Who has proved one factor of two, as what finishes that sign-in sees them. */
export interface PendingContext extends RequestContext {
  caller: PendingCaller
}

/** A caller bound to the one tenant it may act in. */
export interface TenantContext extends RequestContext {
  tenantId: string
  role: TenantRole | null
  permissions: readonly Permission[]
}
