import { createHash } from 'node:crypto'
import { type OperatorPermission, operatorRoles, type Permission, tenantRoles } from '@tollkeeper/shared'
import { AppError } from '../kernel/app-error.ts'
import type { PendingContext, RequestContext, TenantContext, UserContext } from '../kernel/context.ts'
import { bindTenant } from './bind-tenant.ts'
import { toTRPCError } from './error-shape.ts'
import { mayBeDoneForAnother } from './impersonation.ts'
import { baseProcedure, middleware } from './init.ts'
import type { ProcedureMeta } from './meta.ts'
import { assertFresh } from './step-up.ts'
import { assertTenantMay } from './suspended-tenant.ts'

/** Who reads need not have proved anew who they are; what changes something has to say. */
type Deciding =
  | { idempotent: 'read'; stepUp?: false }
  | { idempotent: Exclude<ProcedureMeta['idempotent'], 'read'>; stepUp: boolean }
type MetaFor<Permitted> = Omit<ProcedureMeta, 'permission' | 'idempotent' | 'stepUp'> & { permission: Permitted } & Deciding

/** Anyone may call, signed in or not. */
export function publicProcedure(meta: Omit<ProcedureMeta, 'permission' | 'scope' | 'stepUp'>) {
  return guarded({ ...meta, permission: 'public', scope: null, stepUp: false })
}

/** Any person who is signed in. API keys are not people. */
export function userProcedure(meta: Omit<ProcedureMeta, 'permission' | 'scope' | 'idempotent' | 'stepUp'> & Deciding) {
  const declared = { stepUp: false, ...meta, permission: 'signed_in', scope: null } as const
  return guarded(declared).use(({ ctx, next }) => {
    const user = requireUser(ctx)
    assertFresh(ctx, declared)
    return next({ ctx: user })
  })
}

/** Who has proved one factor of two, and nobody else: what finishes that sign-in. */
export function pendingProcedure(meta: Omit<ProcedureMeta, 'permission' | 'scope' | 'stepUp'>) {
  return guarded({ ...meta, permission: 'second_factor_pending', scope: null, stepUp: false }).use(({ ctx, next }) => {
    if (ctx.caller.kind !== 'pending') throw new AppError('auth.challenge_ended')
    return next({ ctx: { ...ctx, caller: ctx.caller } satisfies PendingContext })
  })
}

/** A member whose role holds the permission, or, where `scope` names one, an API key of the tenant that has it. */
export function tenantProcedure(declared: MetaFor<Permission>) {
  const meta = { stepUp: false, ...declared }
  return guarded(meta).use(async ({ ctx, next }) => {
    const bound = await bindTenant(ctx, meta.scope)
    assertHolds(bound, meta.permission)
    assertFresh(ctx, meta)
    await assertTenantMay(bound, meta)
    return next({ ctx: bound })
  })
}

/** An operator of the installation whose role holds the permission. */
export function operatorProcedure(
  meta: Omit<ProcedureMeta, 'permission' | 'scope' | 'idempotent' | 'stepUp'> & { permission: OperatorPermission } & Deciding,
) {
  const declared = { stepUp: false, ...meta, scope: null }
  return guarded(declared).use(({ ctx, next }) => {
    const user = requireUser(ctx)
    const role = user.caller.operatorRole
    if (role === null) throw new AppError('access.operator_only')
    if (!operatorRoles[role].includes(meta.permission))
      throw new AppError('operator.permission_missing', { detail: `It takes the permission ${meta.permission}.` })
    assertFresh(ctx, declared)
    return next({ ctx: user })
  })
}

/** What every procedure goes through: failures get their row of the error table, the brake, the bounds of an impersonation, the Idempotency-Key, no cookie it does not declare. */
function guarded(meta: ProcedureMeta) {
  return baseProcedure
    .meta(meta)
    .use(mapErrors)
    .use(brake(meta))
    .use(sparingWhoIsImpersonated(meta))
    .use(claimIdempotency(meta))
    .use(settingCookiesWhereSaid(meta))
}

const mapErrors = middleware(async ({ ctx, path, next }) => {
  const result = await next()
  if (result.ok) return result
  const error = toTRPCError(result.error)
  if (error.cause instanceof AppError && error.cause.row.ours) {
    ctx.services.logger.error(
      { err: error.cause.cause ?? error.cause, requestId: ctx.requestId, procedure: path },
      'a procedure failed',
    )
  }
  throw error
})

function brake(meta: ProcedureMeta) {
  return middleware(async ({ ctx, next }) => {
    await ctx.services.brakes.charge(ctx, meta.limit)
    return next()
  })
}

function sparingWhoIsImpersonated(meta: ProcedureMeta) {
  return middleware(({ ctx, next }) => {
    if (ctx.caller.kind === 'user' && ctx.caller.impersonatorId && !mayBeDoneForAnother(meta))
      throw new AppError('access.impersonated')
    return next()
  })
}

function claimIdempotency(meta: ProcedureMeta) {
  return middleware(async ({ ctx, path, getRawInput, next }) => {
    if (ctx.idempotencyKey === null || !(meta.idempotent === 'key' || meta.idempotent === 'key_secret')) return next()
    const requestHash = createHash('sha256')
      .update(JSON.stringify([path, (await getRawInput()) ?? null, ctx.requestedTenantId]))
      .digest('hex')
    const idempotency = { key: ctx.idempotencyKey, procedure: path, requestHash, repeatable: meta.idempotent === 'key' }
    return next({ ctx: { idempotency } satisfies Partial<RequestContext> })
  })
}

function settingCookiesWhereSaid({ setsCookie }: ProcedureMeta) {
  return middleware(({ ctx, path, next }) => {
    if (setsCookie) return next()
    const setHeader: RequestContext['setHeader'] = (name, value) => {
      if (name.toLowerCase() === 'set-cookie') throw new Error(`${path} sets a cookie, and its meta does not say so`)
      ctx.setHeader(name, value)
    }
    return next({ ctx: { setHeader } satisfies Partial<RequestContext> })
  })
}

function requireUser(ctx: RequestContext): UserContext {
  if (ctx.caller.kind === 'pending') throw new AppError('auth.second_factor_needed')
  if (ctx.caller.kind !== 'user') throw new AppError('auth.unauthenticated')
  return { ...ctx, caller: ctx.caller }
}

function assertHolds(ctx: TenantContext, permission: Permission): void {
  const held: readonly Permission[] = ctx.role === null ? ctx.permissions : tenantRoles[ctx.role]
  if (!held.includes(permission)) throw new AppError('access.forbidden', { detail: `It takes the permission ${permission}.` })
}
