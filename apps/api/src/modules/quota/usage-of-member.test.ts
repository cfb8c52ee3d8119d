import { createTestDatabase, type TestDatabase } from '@tollkeeper/db/testing'
import type { UsageEventInput } from '@tollkeeper/shared'
import { afterAll, expect, test } from 'vitest'
import { manualClock } from '../../kernel/clock.ts'
import type { TenantContext } from '../../kernel/context.ts'
import { setCap } from './cap/set-cap.ts'
import { check } from './check.ts'
import { correctUsage } from './grant/correct-usage.ts'
import { usageEvents } from './history/usage-events.ts'
import { expectBooksToBalance } from './testing/expect-books.ts'
import { openQuotaNode, type QuotaNode } from './testing/quota-node.ts'
import { asKey, asOperator, TEST_KEY } from './testing/tenant-on.ts'
import { defineFeatures, putOnTerms } from './testing/terms.ts'
import { track } from './track.ts'

const NOW = '2026-11-23T10:00:00.000Z'
const ADA = `usr_${'a'.repeat(26)}`
const BOB = `usr_${'b'.repeat(26)}`
const clock = manualClock(NOW)
const database: TestDatabase = await createTestDatabase()
const node: QuotaNode = await openQuotaNode(database.url, { clock })
await defineFeatures(node.services, [{ key: 'words' }])
afterAll(async () => {
  await node[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

/** A key of a tenant with 1,000 words, of which each member may use 30 and each key 500. */
async function keyOfTenant(): Promise<{ key: TenantContext; owner: TenantContext }> {
  const owner = await node.tenant()
  await putOnTerms(node.services, owner.tenantId, [{ feature: 'words', limit: 1_000 }])
  await setCap(owner, { feature: 'words', holder: 'each_member', limit: 30 })
  await setCap(owner, { feature: 'words', holder: 'each_key', limit: 500 })
  clock.advance(1)
  return { owner, key: asKey(owner, ['usage:write', 'decision:ask']) }
}

const words = (id: string, amount: number, other: Partial<UsageEventInput> = {}): UsageEventInput => ({
  id,
  feature: 'words',
  amount,
  ...other,
})
const report = async (ctx: TenantContext, ...events: UsageEventInput[]) => (await track(ctx, { events })).events
/** Units that the key may still ask for of somebody's part, or of its own. */
const left = async (key: TenantContext, member?: string) =>
  (await check(key, { feature: 'words', amount: member ? 31 : 501, ...(member ? { member } : {}) })).remaining
const balanced = async ({ tenantId }: TenantContext) => expectBooksToBalance(await node.books(tenantId))

test('usage that a key reports for members is of the part of each and of its own, those of one batch apart', async () => {
  const { key } = await keyOfTenant()
  await report(key, words('a', 10, { member: ADA }), words('b', 4, { member: BOB }), words('c', 7), words('d', 2, { member: ADA }))
  expect([await left(key, ADA), await left(key, BOB), await left(key)]).toEqual([18, 26, 477])
  await report(key, words('e', 40, { member: BOB }))
  expect([await left(key, ADA), await left(key, BOB), await left(key)]).toEqual([18, 0, 437])
  await balanced(key)
})

test('an event that is corrected gives back the part of the member it was for', async () => {
  const { key, owner } = await keyOfTenant()
  await report(key, words('a', 20, { member: ADA }))
  await correctUsage(asOperator(owner), { tenantId: key.tenantId, eventId: 'a', amount: 5, reason: 'a bug' })
  expect([await left(key, ADA), await left(key)]).toEqual([25, 495])
  await balanced(key)
})

test('whoever is signed in reports for themselves, and one event is not of two members', async () => {
  const { key, owner } = await keyOfTenant()
  const { userId } = owner.caller as { userId: string }
  expect(await report(owner, words('a', 1, { member: ADA }), words('b', 1, { member: userId }))).toMatchObject([
    { state: 'rejected', code: 'input.invalid', path: 'events.0.member' },
    { state: 'counted' },
  ])
  await report(key, words('c', 1, { member: ADA }))
  expect(await report(key, words('c', 1, { member: ADA }), words('c', 1, { member: BOB }), words('c', 1))).toMatchObject([
    { state: 'duplicate' },
    { state: 'rejected', code: 'quota.event_conflict' },
    { state: 'rejected', code: 'quota.event_conflict' },
  ])
  expect([await left(key, ADA), await left(key, BOB)]).toEqual([29, 30])
  await balanced(key)
})

test('events tell whom a key reported them for, and are found by who that is as by the key', async () => {
  const { key, owner } = await keyOfTenant()
  const { userId } = owner.caller as { userId: string }
  await report(key, words('a', 1, { member: userId }), words('b', 2, { member: ADA }), words('c', 3))
  await report(owner, words('d', 4))
  const found = async (by: { member?: string; key?: string }) =>
    (await usageEvents(owner, { limit: 10, ...by })).rows.map(({ id, member }) => [id, member]).sort()
  expect(await found({ member: userId })).toEqual([
    ['a', userId],
    ['d', null],
  ])
  expect(await found({ member: ADA })).toEqual([['b', ADA]])
  expect(await found({ key: TEST_KEY })).toEqual([
    ['a', userId],
    ['b', ADA],
    ['c', null],
  ])
})
