import type { EntityManager } from '@mikro-orm/postgresql'
import { announceChange } from '../../kernel/change-feed.ts'
import { regrantBalances } from './plan/regrant-balances.ts'
import { writeEntitlements } from './plan/write-entitlements.ts'

export interface PlanInForce {
  tenantId: string
  planKey: string
  planVersionId: string
  /** What put it in force: `default`, a subscription's id, an operator. */
  source: string
  /** When billing periods are counted from; absent: from the day the tenant was made. */
  anchorAt?: Date
  now: Date
}

/**
 * Puts a plan in force for a tenant, in the caller's transaction: its entitlements, and what is granted in every window that has
 * not ended. More is granted at once, and what was used stays used; a smaller limit takes back what is left, never what is gone.
 *
 * Under load nothing is lost or doubled, because everything that counts locks in the same order: entitlements, then balances,
 * each by key. A balance that is being opened holds its entitlement shared until its commit, so it is either seen here, or is
 * opened with the new limit. Who changes an entitlement leaves its key free: PostgreSQL looks at it again whenever one transaction
 * writes a balance twice, and that comes after the balance's own lock.
 */
export async function applyPlan(em: EntityManager, plan: PlanInForce): Promise<void> {
  await em.flush()
  await em.execute('select 1 from tenant where id = ? for no key update', [plan.tenantId])
  await writeEntitlements(em, plan)
  await regrantBalances(em, plan)
  announceChange(em, 'entitlement', plan.tenantId)
}
