import { createTestDatabase, type TestDatabase } from '@tollkeeper/db/testing'
import type { AuthorizeInput, Decision } from '@tollkeeper/shared'
import { afterAll, expect, test } from 'vitest'
import { manualClock } from '../../kernel/clock.ts'
import type { TenantContext } from '../../kernel/context.ts'
import { authorize } from './authorize.ts'
import { setCap } from './cap/set-cap.ts'
import { overrideLimit } from './grant/override-limit.ts'
import { reserve } from './reserve.ts'
import { openQuotaNode, type QuotaNode } from './testing/quota-node.ts'
import { asKey, asOperator, openTenantOn } from './testing/tenant-on.ts'
import { defineFeatures, type TestTerms } from './testing/terms.ts'

const clock = manualClock('2026-11-23T10:00:00.000Z')
const database: TestDatabase = await createTestDatabase()
const node: QuotaNode = await openQuotaNode(database.url, { clock })
const { services } = node
await defineFeatures(services, [{ key: 'words' }, { key: 'people', aggregation: 'unique' }, { key: 'dark_mode', kind: 'boolean' }])

afterAll(async () => {
  await node[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const tenantOn = (...terms: TestTerms[]) => openTenantOn(node, terms)

type Ask = (ctx: TenantContext, input: AuthorizeInput) => Promise<Decision>
const asks: [string, Ask][] = [
  ['authorize', authorize],
  ['reserve', (ctx, input) => reserve(ctx, { ...input, expiresIn: 60 })],
]

test.each(asks)(
  '%s: an id that was answered for one member is a conflict for another, one after the other and at once',
  async (_, ask) => {
    const ctx = asKey(await tenantOn({ feature: 'words', limit: 10 }))
    await setCap(ctx, { feature: 'words', holder: 'each_member', limit: 5 })
    const of = (requestId: string, member?: string) =>
      ask(ctx, { feature: 'words', amount: 1, requestId, ...(member === undefined ? {} : { member }) })
    const first = await of('r', 'usr_ada')
    expect(await of('r', 'usr_ada')).toEqual(first)
    for (const member of ['usr_bob', undefined])
      await expect(of('r', member)).rejects.toMatchObject({
        code: 'quota.request_conflict',
        particulars: { decisionId: first.decisionId },
      })
    // also where nothing is measured for it but the amount
    await of('nobody')
    await expect(of('nobody', 'usr_ada')).rejects.toMatchObject({ code: 'quota.request_conflict' })
    const both = await Promise.allSettled([of('at once', 'usr_ada'), of('at once', 'usr_bob'), of('at once', 'usr_ada')])
    expect(both.map(({ status }) => status).sort()).toContain('rejected')
    expect(both.filter(({ status }) => status === 'fulfilled').length).toBeLessThan(3)
  },
)

test('an id that counted one resource is a conflict for another, so that no resource passes uncounted', async () => {
  const ctx = await tenantOn({ feature: 'people', limit: 10 })
  const of = (resource: string) => authorize(ctx, { feature: 'people', amount: 1, requestId: 'r', resource })
  const first = await of('ada')
  expect(await of('ada')).toEqual(first)
  await expect(of('bob')).rejects.toMatchObject({ code: 'quota.request_conflict', particulars: { decisionId: first.decisionId } })
  const [row] = (await services.quota.balances(ctx.tenantId, [{ featureKey: 'people', limit: 10, cadence: 'day' }]))!
  expect(row).toMatchObject({ used: 1 })
})

test.each(asks)(
  '%s: a refusal that is asked for again says the same to the last remedy, whatever has changed meanwhile',
  async (_, ask) => {
    const ctx = await tenantOn({ feature: 'words', limit: 10 })
    const refused = { feature: 'words', amount: 8, requestId: 'r' }
    await ask(ctx, { feature: 'words', amount: 5 })
    const first = await ask(ctx, refused)
    expect(first.remedies).toContainEqual({ kind: 'wait', until: '2026-11-24T00:00:00.000Z' })
    await overrideLimit(asOperator(ctx), { tenantId: ctx.tenantId, feature: 'words', limit: 7, reason: 'test' })
    await tenantOn({ feature: 'words', limit: 11 })
    await services.changes.catchUp()
    expect(await ask(ctx, refused)).toEqual(first)
    expect((await ask(ctx, { ...refused, requestId: 'another' })).remedies).not.toEqual(first.remedies)
  },
)

test('so does one for which nothing had to be counted', async () => {
  const ctx = await tenantOn({ feature: 'words', limit: 10 })
  const refused = { feature: 'dark_mode', amount: 1, requestId: 'r' }
  const first = await authorize(ctx, refused)
  expect(first).toMatchObject({ allowed: false, code: 'quota.not_in_plan' })
  await tenantOn({ feature: 'dark_mode', limit: 1, cadence: 'never' })
  await services.changes.catchUp()
  expect(await authorize(ctx, refused)).toEqual(first)
  expect((await authorize(ctx, { ...refused, requestId: 'another' })).remedies).not.toEqual(first.remedies)
})
