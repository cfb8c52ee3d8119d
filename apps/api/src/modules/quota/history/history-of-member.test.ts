import { createTestDatabase } from '@tollkeeper/db/testing'
import { UsageHistoryInput } from '@tollkeeper/shared'
import { afterAll, expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import type { TenantContext } from '../../../kernel/context.ts'
import { authorize } from '../authorize.ts'
import { setCap } from '../cap/set-cap.ts'
import { correctUsage } from '../grant/correct-usage.ts'
import { reserve } from '../reserve.ts'
import { commitReservation } from '../settle-reservation.ts'
import { openQuotaNode } from '../testing/quota-node.ts'
import { asKey, asOperator, openTenantOn, TEST_KEY } from '../testing/tenant-on.ts'
import { defineFeatures } from '../testing/terms.ts'
import { track } from '../track.ts'
import { rollDays } from './roll-days.ts'
import { usageHistory } from './usage-history.ts'

const ADA = `usr_${'a'.repeat(26)}`
const DAY = 86_400_000
const NOW = '2026-11-23T10:00:00.000Z'
const clock = manualClock(NOW)
const database = await createTestDatabase()
const node = await openQuotaNode(database.url, { clock })
await defineFeatures(node.services, [
  { key: 'words' },
  { key: 'ahead' },
  { key: 'credits', kind: 'credit_system' },
  { key: 'image', credits: { featureKey: 'credits', units: 5, per: 1 } },
])
await node.services.pool.query(`update feature set leased = true where key = 'ahead'`)
afterAll(async () => {
  await node[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

async function keyOfTenant(): Promise<{ owner: TenantContext; key: TenantContext }> {
  const owner = await openTenantOn(node, [
    { feature: 'words', limit: 1_000 },
    { feature: 'ahead', limit: 100_000 },
    { feature: 'credits', limit: 1_000 },
  ])
  return { owner, key: asKey(owner, ['decision:ask', 'usage:write']) }
}

/** Units of each feature, by who used them. */
async function historyOf(ctx: TenantContext, input: Partial<UsageHistoryInput>): Promise<Record<string, number>> {
  const { series } = await usageHistory(ctx, UsageHistoryInput.parse({ granularity: 'day', ...input }))
  return Object.fromEntries(series.map(({ feature, key, total }) => [`${feature} ${key}`, total]))
}

type Use = (key: TenantContext, named: { member?: string }, owner: TenantContext) => Promise<unknown>
const uses: Record<string, Use> = {
  'an authorize': (key, named) => authorize(key, { feature: 'words', amount: 7, ...named }),
  'an authorize with a request id': (key, named) => authorize(key, { feature: 'words', amount: 7, requestId: 'r', ...named }),
  'an authorize under a cap': async (key, named, owner) => {
    await setCap(owner, { feature: 'words', holder: 'each_member', limit: 50 })
    await node.services.changes.catchUp()
    return authorize(key, { feature: 'words', amount: 7, ...named })
  },
  'a reservation that is used in part': async (key, named) => {
    const { reservationId } = await reserve(key, { feature: 'words', amount: 9, expiresIn: 60, ...named })
    return commitReservation(key, { id: reservationId!, amount: 7 })
  },
  'an event': (key, named) => track(key, { events: [{ id: 'e', feature: 'words', amount: 7, ...named }] }),
  'an event that is corrected': async (key, named, owner) => {
    await track(key, { events: [{ id: 'e', feature: 'words', amount: 20, ...named }] })
    return correctUsage(asOperator(owner), { tenantId: owner.tenantId, eventId: 'e', amount: 7, reason: 'a bug' })
  },
}

const used: TenantContext[] = []

async function expectHistory(owner: TenantContext, range: Partial<UsageHistoryInput> = {}): Promise<void> {
  const { userId } = asOperator(owner).caller
  const of = (input: Partial<UsageHistoryInput>) => historyOf(owner, { ...input, ...range })
  expect(await of({ by: 'member' })).toEqual({ [`words ${ADA}`]: 7, [`words ${userId}`]: 1, 'words null': 2 })
  expect(await of({ by: 'key' })).toEqual({ [`words ${TEST_KEY}`]: 9, 'words null': 1 })
  expect(await of({ member: ADA })).toEqual({ 'words null': 7 })
  expect(await of({ by: 'member', key: TEST_KEY })).toEqual({ [`words ${ADA}`]: 7, 'words null': 2 })
}

test.each(Object.entries(uses))('%s for a member is in the history of the member as of the key', async (_name, use) => {
  const { owner, key } = await keyOfTenant()
  await use(key, { member: ADA }, owner)
  await authorize(key, { feature: 'words', amount: 2 })
  await authorize(owner, { feature: 'words', amount: 1 })
  await expectHistory(owner)
  used.push(owner)
})

test('what is paid in credits is in the history of the member under both features', async () => {
  const { owner, key } = await keyOfTenant()
  await authorize(key, { feature: 'image', amount: 2, member: ADA })
  const { reservationId } = await reserve(key, { feature: 'image', amount: 3, expiresIn: 60, member: ADA })
  await commitReservation(key, { id: reservationId!, amount: 1 })
  expect(await historyOf(owner, { by: 'member' })).toEqual({ [`image ${ADA}`]: 3, [`credits ${ADA}`]: 15 })
})

test('units that a node takes ahead are of the members they were given out for', async () => {
  const { owner, key } = await keyOfTenant()
  await node.services.changes.catchUp()
  for (let index = 0; index < 150; index++)
    await authorize(key, { feature: 'ahead', amount: 1, ...(index % 3 ? { member: ADA } : {}) })
  await expect
    .poll(() => historyOf(owner, { by: 'member' }), { timeout: 10_000 })
    .toEqual({ [`ahead ${ADA}`]: 100, 'ahead null': 50 })
})

test('summed up by the day it says the same', async () => {
  expect(used).toHaveLength(Object.keys(uses).length)
  clock.advance(60 * DAY)
  expect(await rollDays(node.services)).toBeGreaterThan(0)
  for (const owner of used) await expectHistory(owner, { from: '2026-11-01', to: '2026-11-30' })
})
