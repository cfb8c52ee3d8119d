import type { IncomingHttpHeaders } from 'node:http'
import type { KeyScope } from '@tollkeeper/shared'
import type { FastifyRequest } from 'fastify'
import { AppError, invalidInput } from '../kernel/app-error.ts'
import type { Caller, KeyCaller } from '../kernel/caller.ts'
import type { Services } from '../kernel/services.ts'
import { looksLikeKey, verifyRememberedKey } from '../modules/api-key/index.ts'
import type { Subject } from '../modules/quota/index.ts'
import { bindTenant } from '../trpc/bind-tenant.ts'
import type { Identify } from './hot-routes.ts'

const SCOPE: KeyScope = 'decision:ask'
const BEARER = 'Bearer '
const TENANT_ID = /^[\x21-\x7e]{1,255}$/

/**
 * Who asks, and for which tenant: at once for an API key this node remembers, else in the general way. The guards are those of
 * the procedures, bound by the same function where it takes more than a key.
 * @throws AppError as `identify` and `bindTenant` do
 */
export function findSubject(services: Services, identify: Identify, request: FastifyRequest): Subject | Promise<Subject> {
  return (
    rememberedSubject(services, request.headers) ??
    identify(request.headers, request.method).then((caller) => bind(caller, request))
  )
}

/**
 * The one that an API key names, without waiting; null where this node does not remember it, or where it takes more than the key.
 * @throws AppError api_key.revoked, api_key.expired
 */
export function rememberedSubject(services: Services, headers: IncomingHttpHeaders): Subject | null {
  const { authorization } = headers
  if (!authorization?.startsWith(BEARER) || headers['x-api-key'] !== undefined || headers['x-tenant-id'] !== undefined) return null
  const secret = authorization.slice(BEARER.length)
  const caller = looksLikeKey(secret) ? verifyRememberedKey(services, secret) : undefined
  return caller?.scopes.includes(SCOPE) ? ofKey(caller) : null
}

const subjects = new WeakMap<KeyCaller, Subject>()

function ofKey(caller: KeyCaller): Subject {
  let subject = subjects.get(caller)
  if (!subject) {
    subject = { caller, tenantId: caller.tenantId, role: null, permissions: caller.scopes }
    subjects.set(caller, subject)
  }
  return subject
}

async function bind(caller: Caller, request: FastifyRequest): Promise<Subject> {
  const { tenantId, role, permissions } = await bindTenant({ caller, requestedTenantId: readTenantId(request) }, SCOPE)
  if (!permissions.includes(SCOPE)) throw new AppError('access.forbidden', { detail: `It takes the permission ${SCOPE}.` })
  if (caller.kind === 'anonymous' || caller.kind === 'pending') throw new AppError('auth.unauthenticated')
  return { caller, tenantId, role, permissions }
}

function readTenantId(request: FastifyRequest): string | null {
  const value = request.headers['x-tenant-id']
  if (value === undefined) return null
  if (typeof value !== 'string' || !TENANT_ID.test(value))
    throw invalidInput('x-tenant-id', 'must be one printable value of at most 255 characters')
  return value
}
