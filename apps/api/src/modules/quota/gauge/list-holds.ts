import type { GaugeHolds } from '@tollkeeper/shared'
import type { TenantContext } from '../../../kernel/context.ts'
import { catalogOf } from '../../catalog/index.ts'
import { findFeature } from '../decision/decide.ts'
import { assertGauge } from './acquire.ts'

const MOST = 200

/** What is held of a gauge now, and by whom. @throws AppError catalog.feature_unknown, quota.feature_not_held */
export async function listHolds({ services, tenantId }: TenantContext, { feature }: { feature: string }): Promise<GaugeHolds> {
  assertGauge(findFeature(await catalogOf(services), feature))
  const { rows } = await services.pool.query<{ holder: string; amount: number; acquiredAt: Date; expiresAt: Date | null }>({
    name: 'list-holds',
    text: `select holder, units::float8 as amount, acquired_at as "acquiredAt", expires_at as "expiresAt" from gauge_hold
      where tenant_id = $1 and feature_key = $2 and (expires_at is null or expires_at > $3) order by acquired_at desc, holder limit ${MOST}`,
    values: [tenantId, feature, services.clock.now()],
  })
  const holds = rows.map(({ holder, amount, acquiredAt, expiresAt }) => {
    return { holder, amount, acquiredAt: acquiredAt.toISOString(), expiresAt: expiresAt?.toISOString() ?? null }
  })
  return { feature, holds }
}
