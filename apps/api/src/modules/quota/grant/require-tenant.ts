import type { EntityManager } from '@mikro-orm/postgresql'
import { AppError, wrongFeature } from '../../../kernel/app-error.ts'
import type { Services } from '../../../kernel/services.ts'
import { type CatalogFeature, catalogOf } from '../../catalog/index.ts'
import { findFeature } from '../decision/decide.ts'
import { isMeasured } from '../decision/measure-of.ts'
import { assertNotSeats } from '../decision/seats.ts'

/** Locks the tenant's row against a change of its plan until the end of the transaction. @throws AppError tenant.not_found */
export async function requireTenant(em: EntityManager, tenantId: string): Promise<void> {
  const rows = await em.execute<unknown[]>('select 1 from tenant where id = ? for no key update', [tenantId])
  if (rows.length === 0) throw new AppError('tenant.not_found')
}

/**
 * A feature that has balances of its own, so that units of it can be given.
 * @throws AppError catalog.feature_unknown, quota.feature_not_metered, quota.counted_by_members, quota.paid_in_credits
 */
export async function requireBalanced(services: Services, key: string): Promise<CatalogFeature> {
  const feature = findFeature(await catalogOf(services), key)
  assertNotSeats(key)
  if (!isMeasured(feature)) throw wrongFeature('quota.feature_not_metered', 'is not counted')
  assertNotPaidInCredits(feature)
  return feature
}

/** @throws AppError quota.paid_in_credits */
export function assertNotPaidInCredits({ credits }: CatalogFeature): void {
  if (credits !== null) throw wrongFeature('quota.paid_in_credits', `is paid in ${credits.featureKey}`)
}
