import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { verifyKey } from '../../../../apps/api/src/modules/api-key/index.ts'
import { factsOf } from '../../../../apps/api/src/modules/quota/tenant-facts.ts'
import { openQuotaNode } from '../../../../apps/api/src/modules/quota/testing/quota-node.ts'

const AT_ONCE = 50

/**
 * Bytes of the heap that a node keeps for each key it remembers, and for each of their tenants: what is left after a collection, in
 * this process. What is resident besides is what the collector has not taken back yet.
 */
export async function keptPerKey(databaseUrl: string, secrets: readonly string[]): Promise<{ key: number; tenant: number }> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const kept = () => {
    collect()
    return process.memoryUsage().heapUsed
  }
  await using node = await openQuotaNode(databaseUrl)
  const tenantIds: string[] = new Array(secrets.length)
  const before = kept()
  await each(secrets, async (secret, place) => {
    tenantIds[place] = (await verifyKey(node.services, secret)).tenantId
  })
  const withKeys = kept()
  await each(tenantIds, async (tenantId) => {
    await factsOf(node.services, tenantId)
  })
  const withTenants = kept()
  return { key: (withKeys - before) / secrets.length, tenant: (withTenants - withKeys) / secrets.length }
}

async function each<One>(all: readonly One[], work: (one: One, place: number) => Promise<void>): Promise<void> {
  let next = 0
  const workOn = async () => {
    while (next < all.length) {
      const place = next++
      await work(all[place]!, place)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, workOn))
}
