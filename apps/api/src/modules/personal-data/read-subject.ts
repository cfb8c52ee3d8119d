import type { EntityManager } from '@mikro-orm/postgresql'
import { Customer, Tenant, User } from '@tollkeeper/db'
import { AppError } from '../../kernel/app-error.ts'
import type { Services } from '../../kernel/services.ts'
import { identifierHash } from '../auth/index.ts'
import type { Subject } from './places/index.ts'

/** @throws AppError user.not_found */
export async function readSubject(em: EntityManager, services: Services, userId: string): Promise<Subject> {
  const user = await em.findOne(User, { id: userId })
  if (!user) throw new AppError('user.not_found')
  const tenant = await em.findOne(Tenant, { personalOf: userId })
  const customer = tenant && (await em.findOne(Customer, { tenantId: tenant.id }))
  return {
    userId,
    name: user.name,
    email: user.email,
    emailHash: identifierHash({ services }, user.email),
    tenantId: tenant?.id ?? null,
    customerId: customer?.stripeCustomerId ?? null,
  }
}
