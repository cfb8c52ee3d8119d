import { createTestDatabase, type TestDatabase } from '@tollkeeper/db/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../kernel/new-id.ts'
import type { ConsumeOutcome, EntitlementFact } from '../../../kernel/ports/quota-engine.ts'
import { expectBooksToBalance } from '../testing/expect-books.ts'
import { openQuotaNode, type QuotaNode } from '../testing/quota-node.ts'

let database: TestDatabase
let nodes: QuotaNode[]

beforeAll(async () => {
  database = await createTestDatabase()
  const first = await openQuotaNode(database.url)
  nodes = [first, await first.another(), await first.another()]
})

afterAll(async () => {
  for (const node of nodes) await node[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

interface Asked {
  node: number
  amount: number
  requestId: string | null
  caller: string
}

async function ask(
  tenantId: string,
  entitlement: EntitlementFact,
  { node, amount, requestId, caller }: Asked,
): Promise<ConsumeOutcome> {
  const request = { tenantId, entitlement, amount, callerId: caller, decisionId: newId('decision'), requestId }
  return nodes[node]!.services.quota.consume(request)
}

const asked = fc.record({
  node: fc.nat(2),
  amount: fc.oneof(
    { arbitrary: fc.integer({ min: 1, max: 10 }), weight: 4 },
    { arbitrary: fc.integer({ min: 1, max: 300 }), weight: 1 },
  ),
  requestId: fc.option(
    fc.nat(30).map((number) => `r${number}`),
    { freq: 2 },
  ),
  caller: fc.constantFrom('key_a', 'key_b', 'usr_c'),
})

test('three nodes at once: never more than the limit, each id answered once and the same, denials charge nothing, the ledger adds up', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 600 }),
      fc.array(asked, { minLength: 1, maxLength: 120 }),
      async (limit, requests) => {
        const node = nodes[0]!
        const { tenantId } = await node.tenant()
        const entitlement = await node.setLimit(tenantId, 'characters', limit)
        const settled = await Promise.allSettled(requests.map((request) => ask(tenantId, entitlement, request)))
        const charged = new Map<string, number>()
        const first = new Map<string, ConsumeOutcome & { amount: number }>()
        settled.forEach((result, index) => {
          const { requestId, amount } = requests[index]!
          if (result.status === 'rejected') {
            expect(result.reason).toMatchObject({ code: 'quota.request_conflict' })
            return
          }
          const { replayed, ...answer } = result.value
          if (answer.allowed) charged.set(answer.decisionId, amount)
          if (requestId === null) {
            expect(replayed).toBe(false)
            return
          }
          const { replayed: _, ...known } = first.get(requestId) ?? { ...answer, amount, replayed }
          expect({ ...answer, amount }).toEqual(known)
          first.set(requestId, { ...answer, amount, replayed })
        })
        const total = [...charged.values()].reduce((sum, amount) => sum + amount, 0)
        const books = await node.books(tenantId)
        expect(total).toBeLessThanOrEqual(limit)
        expect(books[0]?.consumed ?? 0).toBe(total)
        expectBooksToBalance(books)
      },
    ),
    { numRuns: 100 },
  )
}, 120_000)

test('a limit is burnt to exactly nothing by many small requests on three nodes', async () => {
  const node = nodes[0]!
  const { tenantId } = await node.tenant()
  const entitlement = await node.setLimit(tenantId, 'characters', 5_000)
  const outcomes = await Promise.all(
    Array.from({ length: 9_000 }, (_, index) =>
      ask(tenantId, entitlement, { node: index % 3, amount: 1, requestId: null, caller: 'key_a' }),
    ),
  )
  const allowed = outcomes.filter((outcome) => outcome.allowed)
  expect(allowed).toHaveLength(5_000)
  // what is left is told exactly: each number once
  expect(new Set(allowed.map(({ remaining }) => remaining)).size).toBe(5_000)
  expect((await node.books(tenantId))[0]).toMatchObject({ granted: 5_000, consumed: 5_000, ledgerConsumed: 5_000 })
})

test('a request that does not fit leaves its room to smaller ones behind it', async () => {
  const node = nodes[0]!
  const { tenantId } = await node.tenant()
  const entitlement = await node.setLimit(tenantId, 'characters', 100)
  const amounts = [60, 60, 40, 1]
  const outcomes = await Promise.all(
    amounts.map((amount) => ask(tenantId, entitlement, { node: 0, amount, requestId: null, caller: 'key_a' })),
  )
  expect(outcomes.map(({ allowed, remaining }) => [allowed, remaining])).toEqual([
    [true, 40],
    [false, 40],
    [true, 0],
    [false, 0],
  ])
})

test('the same id on three nodes at once is charged once, and another amount under it is refused with the first decision', async () => {
  const node = nodes[0]!
  const { tenantId } = await node.tenant()
  const entitlement = await node.setLimit(tenantId, 'characters', 1_000)
  const asksOf = (amount: number) =>
    Array.from({ length: 60 }, (_, index) =>
      ask(tenantId, entitlement, { node: index % 3, amount, requestId: 'once', caller: 'key_a' }),
    )
  const outcomes = await Promise.all(asksOf(7))
  expect(new Set(outcomes.map(({ decisionId }) => decisionId)).size).toBe(1)
  expect(new Set(outcomes.map(({ remaining }) => remaining))).toEqual(new Set([993]))
  expect((await node.books(tenantId))[0]!.consumed).toBe(7)
  for (const result of await Promise.allSettled(asksOf(8))) {
    expect(result).toMatchObject({
      status: 'rejected',
      reason: { code: 'quota.request_conflict', particulars: { decisionId: outcomes[0]!.decisionId } },
    })
  }
  expect((await node.books(tenantId))[0]!.consumed).toBe(7)
})

test('a denial under an id stays a denial, also after the plan would allow it', async () => {
  const node = nodes[0]!
  const { tenantId } = await node.tenant()
  const free: EntitlementFact = { featureKey: 'characters', limit: 1_000, cadence: 'day' }
  const denied = await ask(tenantId, free, { node: 0, amount: 1_001, requestId: 'big', caller: 'key_a' })
  expect(denied).toMatchObject({ allowed: false, code: 'quota.limit_reached', remaining: 1_000 })
  await node.putOnPlan(tenantId, 'pro')
  const again = await ask(tenantId, { ...free, limit: 500_000 }, { node: 1, amount: 1_001, requestId: 'big', caller: 'key_a' })
  expect(again).toEqual({ ...denied, replayed: true })
})

test('whoever repeats a request is told its answer, also when the same id comes with another amount in the same moment', async () => {
  const { tenantId } = await nodes[0]!.tenant()
  const entitlement: EntitlementFact = { featureKey: 'characters', limit: 1_000, cadence: 'day' }
  const request: Asked = { node: 0, amount: 7, requestId: 'seven', caller: 'key_a' }
  const first = await ask(tenantId, entitlement, request)
  const [other, same] = await Promise.allSettled([
    ask(tenantId, entitlement, { ...request, amount: 1 }),
    ask(tenantId, entitlement, request),
  ])
  expect(other).toMatchObject({ status: 'rejected', reason: { code: 'quota.request_conflict' } })
  expect(same).toEqual({ status: 'fulfilled', value: { ...first, replayed: true } })
})

test('what is remembered of an exhausted balance is gone when the plan is raised', async () => {
  const node = nodes[0]!
  const { tenantId } = await node.tenant()
  const entitlement: EntitlementFact = { featureKey: 'characters', limit: 1_000, cadence: 'day' }
  const request: Asked = { node: 0, amount: 2_000, requestId: null, caller: 'key_a' }
  for (let times = 0; times < 3; times++) expect((await ask(tenantId, entitlement, request)).allowed).toBe(false)
  await node.putOnPlan(tenantId, 'starter')
  expect((await ask(tenantId, entitlement, request)).allowed).toBe(true)
})

test('a node that still believes in the old cadence counts in the window the database knows', async () => {
  const node = nodes[0]!
  const { tenantId } = await node.tenant()
  await node.setLimit(tenantId, 'characters', 10, 'month')
  const outcome = await ask(
    tenantId,
    { featureKey: 'characters', limit: 1_000, cadence: 'day' },
    { node: 0, amount: 4, requestId: 'x', caller: 'key_a' },
  )
  expect(outcome).toMatchObject({ allowed: true, remaining: 6, limit: 10 })
  expect(await node.books(tenantId)).toMatchObject([{ granted: 10, consumed: 4 }])
})

test('without an entitlement nothing is granted, whatever the node believes', async () => {
  const outcome = await ask(
    'ten_nobody',
    { featureKey: 'characters', limit: null, cadence: 'day' },
    { node: 0, amount: 1, requestId: null, caller: 'key_a' },
  )
  expect(outcome).toMatchObject({ allowed: false, code: 'quota.not_in_plan', remaining: 0 })
})

test('no amount overflows a balance: without a limit, units stop at what every reader of JSON can hold', async () => {
  const node = nodes[0]!
  const { tenantId } = await node.tenant()
  const entitlement = await node.setLimit(tenantId, 'characters', null)
  const huge: Asked = { node: 0, amount: Number.MAX_SAFE_INTEGER, requestId: null, caller: 'key_a' }
  const outcomes = await Promise.all([
    ask(tenantId, entitlement, huge),
    ask(tenantId, entitlement, huge),
    ask(tenantId, entitlement, { ...huge, amount: 1 }),
  ])
  expect(outcomes.map(({ allowed }) => allowed)).toEqual([true, false, false])
  expect(outcomes[0]).toMatchObject({ remaining: null, limit: null })
})
