import { inSystem, inSystemTransaction, type SystemTransaction } from '../../../kernel/in-transaction.ts'
import type { Services } from '../../../kernel/services.ts'
import { mailMembers, writeInstant } from '../../notification/index.ts'
import { type FullQuota, fullQuotas, liveQuotas } from './full-quotas.ts'

/** Under this part of its limit, in percent, a quota is far from full again, and filling up once more is news. */
const FAR_FROM_FULL = 50

/**
 * Tells the managers of a tenant when it has used 80 % of a quota, and when it has used all: once for each in a window. It is looked
 * for by the minute and not where units are counted, so the counting pays nothing for it.
 * @returns how many quotas were told of
 */
export async function tellOfUse(services: Services): Promise<number> {
  await forgetRefilled(services)
  const full = await inSystem(services, (em) => fullQuotas(em, services.clock.now()))
  let told = 0
  for (const quota of full) {
    if (await inSystemTransaction(services, (tx) => tellOnce(tx, quota))) told++
  }
  return told
}

/** Of several nodes that find the same quota full, the one whose row is written first tells. */
async function tellOnce({ em, services, now }: SystemTransaction, quota: FullQuota): Promise<boolean> {
  const { tenantId, featureKey, feature, windowStart, windowEnd, percent, used, limit } = quota
  const first = await em.execute(
    `insert into quota_notice (tenant_id, feature_key, window_start, percent, at) values (?, ?, ?, ?, ?)
     on conflict do nothing returning percent`,
    [tenantId, featureKey, windowStart, percent, now],
  )
  if (first.length === 0) return false
  await mailMembers(em, services, {
    tenantId,
    permission: 'tenant:write',
    template: percent === 100 ? 'quota-reached' : 'quota-near',
    data: (reader, tenant) => ({
      name: reader.name,
      tenant,
      feature,
      used,
      limit,
      resetsAt: windowEnd && writeInstant(reader, windowEnd),
    }),
    dedupeKey: `quota ${percent} ${tenantId} ${featureKey} ${windowStart.toISOString()} ${limit}`,
  })
  return true
}

/** A larger plan, or more units, can make room in a window that was told of; old windows are over for good. */
async function forgetRefilled(services: Services): Promise<void> {
  const now = services.clock.now()
  await inSystem(services, (em) =>
    em.execute(
      `delete from quota_notice n where not exists (
         select from (${liveQuotas}) q
         where q.tenant_id = n.tenant_id and q.feature_key = n.feature_key and q.window_start = n.window_start
           and q.consumed * 100 >= q.granted * ${FAR_FROM_FULL})`,
      [now, now],
    ),
  )
}
