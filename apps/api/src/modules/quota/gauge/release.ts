import type { Released, ReleaseInput } from '@tollkeeper/shared'
import type { PoolClient } from 'pg'
import type { TenantContext } from '../../../kernel/context.ts'
import type { Services } from '../../../kernel/services.ts'
import { catalogOf } from '../../catalog/index.ts'
import { findFeature } from '../decision/decide.ts'
import { inTenantTurn } from '../engine/in-tenant-turn.ts'
import { tryAgain } from '../engine/try-again.ts'
import { assertGauge } from './acquire.ts'
import { removeHold } from './holds.ts'
import { giveBackHolds, lockGauge } from './lock-gauge.ts'

/** Gives back all that a holder holds; where it holds nothing, nothing is done. @throws AppError catalog.feature_unknown, quota.feature_not_held */
export async function release({ services, tenantId }: TenantContext, { feature, holder }: ReleaseInput): Promise<Released> {
  assertGauge(findFeature(await catalogOf(services), feature))
  const released = await tryAgain(() =>
    inTenantTurn(services, tenantId, (client) => releaseOnce(client, services, { tenantId, featureKey: feature, holder })),
  )
  return { feature, holder, released }
}

async function releaseOnce(
  client: PoolClient,
  { clock }: Pick<Services, 'clock'>,
  key: { tenantId: string; featureKey: string; holder: string },
): Promise<number> {
  const now = clock.now()
  const { rowCount } = await client.query('select from gauge_hold where tenant_id = $1 and feature_key = $2 and holder = $3', [
    key.tenantId,
    key.featureKey,
    key.holder,
  ])
  if (rowCount === 0) return 0
  const { pool, holds } = await lockGauge(client, key, now)
  const hold = holds.get(key.holder)
  if (!hold) return 0
  await removeHold(client, key)
  await giveBackHolds(client, pool, key, [hold], now)
  return hold.units
}
