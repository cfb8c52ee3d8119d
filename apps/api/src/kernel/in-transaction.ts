import type { EntityManager } from '@mikro-orm/postgresql'
import { systemSession, tenantSession } from '@tollkeeper/db'
import type { RequestContext, TenantContext } from './context.ts'
import { answerOnce } from './idempotency.ts'
import type { Services } from './services.ts'

/** A unit of work for one tenant. Everything done through `em` is committed together, or not at all. */
export interface TenantTransaction {
  em: EntityManager
  tenantId: string
  context: TenantContext
  now: Date
}

/** A unit of work of the server itself, over tenants. */
export interface SystemTransaction {
  em: EntityManager
  services: Services
  now: Date
}

/**
 * Runs a change for the caller's tenant. With an Idempotency-Key the answer is kept in the same transaction, and a second
 * request with that key is answered from there. After the commit this node has dropped from memory whatever the change touched.
 */
export async function inTransaction<Answer>(
  context: TenantContext,
  work: (tx: TenantTransaction) => Promise<Answer>,
): Promise<Answer> {
  const { services, tenantId } = context
  const now = services.clock.now()
  const answer = await tenantSession(services.orm, tenantId).transactional((em) =>
    answerOnce(em, context, now, () => work({ em, tenantId, context, now })),
  )
  await services.changes.catchUp()
  return answer
}

/** Reads for the caller's tenant, all in one snapshot of rights: nothing of another tenant can be seen. */
export function inTenant<Answer>(context: TenantContext, read: (em: EntityManager) => Promise<Answer>): Promise<Answer> {
  return tenantSession(context.services.orm, context.tenantId).transactional((em) => read(em))
}

/** Runs a change of the server itself. Pass the request's context where there is one, so that its Idempotency-Key holds. */
export async function inSystemTransaction<Answer>(
  services: Services,
  work: (tx: SystemTransaction) => Promise<Answer>,
  context?: RequestContext,
): Promise<Answer> {
  const now = services.clock.now()
  const answer = await systemSession(services.orm).transactional((em) => {
    const run = () => work({ em, services, now })
    return context ? answerOnce(em, context, now, run) : run()
  })
  await services.changes.catchUp()
  return answer
}

/** Reads as the server itself, over tenants. */
export function inSystem<Answer>(services: Services, read: (em: EntityManager) => Promise<Answer>): Promise<Answer> {
  return systemSession(services.orm).transactional((em) => read(em))
}
