import { Tenant } from '@tollkeeper/db'
import { inSystem, inSystemTransaction } from '../../kernel/in-transaction.ts'
import type { Services } from '../../kernel/services.ts'
import { writeAudit } from '../audit/index.ts'
import { openTenant } from './open-tenant.ts'

/**
 * The tenant a person has by themselves, made when they first need one. Two callers at once make one: the second waits on the
 * unique owner and finds the first's.
 * @returns the tenant's id
 */
export async function ensurePersonalTenant(
  services: Services,
  person: { userId: string; name: string; email: string },
): Promise<string> {
  const existing = await inSystem(services, (em) => em.findOne(Tenant, { personalOf: person.userId }))
  if (existing) return existing.id
  return inSystemTransaction(services, async (tx) => {
    await tx.em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`personal tenant of ${person.userId}`])
    const made = await tx.em.findOne(Tenant, { personalOf: person.userId })
    if (made) return made.id
    const tenant = await openTenant(tx, { name: `${person.name}'s space`, ownerId: person.userId, personal: true })
    writeAudit(tx.em, {
      tenantId: tenant.id,
      action: 'tenant.created',
      target: tenant.id,
      caller: 'system',
      requestId: null,
      at: tx.now,
      details: { personal: true },
    })
    return tenant.id
  })
}
