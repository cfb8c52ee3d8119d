import { putKey } from '../../modules/api-key/testing/put-key.ts'
import { openQuotaNode } from '../../modules/quota/testing/quota-node.ts'

/** One balance of a run: a tenant with a key and a limit on one feature. */
export interface Place {
  tenantId: string
  secret: string
  feature: string
  limit: number
}

/** Counted in the database before it is answered, and given out of units that nodes take ahead. */
export const FEATURES = { durable: 'characters', leased: 'api_calls' } as const
const AT_ONCE = 6

/** A tenant with a key of its own for each limit. */
export async function openBalances(
  databaseUrl: string,
  limits: readonly number[],
  featureOf: (index: number) => string = () => FEATURES.durable,
): Promise<Place[]> {
  await using node = await openQuotaNode(databaseUrl)
  const places: Place[] = []
  const open = async (limit: number, index: number): Promise<Place> => {
    const feature = featureOf(index)
    const ctx = await node.tenant()
    await node.setLimit(ctx.tenantId, feature, limit)
    const secret = await putKey(node.services, ctx.tenantId, ['decision:ask'])
    return { tenantId: ctx.tenantId, secret, feature, limit }
  }
  for (let from = 0; from < limits.length; from += AT_ONCE)
    places.push(...(await Promise.all(limits.slice(from, from + AT_ONCE).map((limit, index) => open(limit, from + index)))))
  return places
}
