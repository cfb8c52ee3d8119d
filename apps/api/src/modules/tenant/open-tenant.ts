import { Member, Tenant } from '@tollkeeper/db'
import { announceChange } from '../../kernel/change-feed.ts'
import type { SystemTransaction } from '../../kernel/in-transaction.ts'
import { newId } from '../../kernel/new-id.ts'
import { defaultPlan } from '../catalog/index.ts'
import { applyPlan } from '../quota/index.ts'
import { slugFor } from './slug.ts'

/** Makes a tenant with its owner, on the default plan: from the first commit on it can ask for decisions. */
export async function openTenant(
  tx: SystemTransaction,
  { name, ownerId, personal }: { name: string; ownerId: string; personal: boolean },
): Promise<Tenant> {
  const { em, now, services } = tx
  const id = newId('tenant', now.getTime())
  const tenant = em.create(Tenant, {
    id,
    name,
    slug: slugFor(name, id),
    personalOf: personal ? ownerId : null,
    status: 'active',
    createdAt: now,
  })
  await em.flush()
  em.create(Member, { tenantId: id, id: newId('member', now.getTime()), userId: ownerId, role: 'owner', joinedAt: now })
  const plan = await defaultPlan(services)
  await em.flush()
  await applyPlan(em, { tenantId: id, planKey: plan.key, planVersionId: plan.liveVersionId, source: 'default', now })
  announceChange(em, 'member', ownerId)
  announceChange(em, 'tenant', id)
  return tenant
}
