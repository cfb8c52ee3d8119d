import { setTimeout as sleep } from 'node:timers/promises'
import { tenantSession } from '@tollkeeper/db'
import { createTestDatabase, type TestDatabase } from '@tollkeeper/db/testing'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../kernel/new-id.ts'
import type { ConsumeOutcome, ConsumeRequest, EntitlementFact } from '../../../kernel/ports/quota-engine.ts'
import { type CuttingProxy, openCuttingProxy } from '../testing/cutting-proxy.ts'
import { expectBooksToBalance } from '../testing/expect-books.ts'
import { openQuotaNode, type QuotaNode } from '../testing/quota-node.ts'
import { inOneTransaction } from './in-one-transaction.ts'

let database: TestDatabase
let node: QuotaNode
let proxy: CuttingProxy
let wired: QuotaNode

beforeAll(async () => {
  database = await createTestDatabase()
  node = await openQuotaNode(database.url)
  proxy = await openCuttingProxy(database.url)
  wired = await openQuotaNode(proxy.url, { lanes: 1 })
})

afterAll(async () => {
  await wired[Symbol.asyncDispose]()
  await proxy[Symbol.asyncDispose]()
  await node[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

async function tenantWith(limit: number): Promise<{ tenantId: string; entitlement: EntitlementFact }> {
  const { tenantId } = await node.tenant()
  return { tenantId, entitlement: await node.setLimit(tenantId, 'characters', limit) }
}

function requestOf(
  tenantId: string,
  entitlement: EntitlementFact,
  amount: number,
  requestId: string | null = null,
): ConsumeRequest {
  return { tenantId, entitlement, amount, callerId: 'key_a', decisionId: newId('decision'), requestId }
}

const kindOf = (result: PromiseSettledResult<ConsumeOutcome>) =>
  result.status === 'rejected' ? (result.reason as { code: string }).code : result.value.allowed ? 'allowed' : 'denied'

test('a commit whose answer is lost is never told as allowed, unless its id proves it', async () => {
  const { tenantId, entitlement } = await tenantWith(1_000)
  await wired.services.quota.consume(requestOf(tenantId, entitlement, 1))
  proxy.cutAnswers(1)
  const results = await Promise.allSettled([
    wired.services.quota.consume(requestOf(tenantId, entitlement, 10)),
    wired.services.quota.consume(requestOf(tenantId, entitlement, 20, 'named')),
  ])
  expect(results.map(kindOf)).toEqual(['service.unavailable', 'allowed'])
  // the lost commit did happen: its units are charged, the named ones once
  expect(await node.books(tenantId)).toMatchObject([{ consumed: 31 }])
  expect(await node.services.quota.consume(requestOf(tenantId, entitlement, 20, 'named'))).toMatchObject({
    allowed: true,
    replayed: true,
  })
})

test('under load with the wire cut again and again: what was told is charged, and nothing is granted twice', async () => {
  const limit = 3_000
  const { tenantId, entitlement } = await tenantWith(limit)
  const told = new Map<string, ConsumeOutcome>()
  let toldUnits = 0
  const client = async (name: number) => {
    for (let turn = 0; turn < 30; turn++) {
      const requestId = turn % 2 === 0 ? `c${name}-${turn}` : null
      const amount = 1 + ((name * 7 + turn) % 9)
      const [result] = await Promise.allSettled([wired.services.quota.consume(requestOf(tenantId, entitlement, amount, requestId))])
      if (result.status === 'rejected') {
        expect(result.reason).toMatchObject({ code: 'service.unavailable' })
        continue
      }
      if (result.value.allowed) toldUnits += amount
      if (requestId) told.set(`${requestId} ${amount}`, result.value)
    }
  }
  const cutting = (async () => {
    for (let cut = 0; cut < 12; cut++) {
      await sleep(15)
      proxy.cutAnswers(1)
    }
  })()
  await Promise.all([cutting, ...Array.from({ length: 20 }, (_, name) => client(name))])
  proxy.cutAnswers(0)
  const [books] = await node.books(tenantId)
  expect(toldUnits).toBeLessThanOrEqual(books!.consumed)
  expect(books!.consumed).toBeLessThanOrEqual(limit)
  expectBooksToBalance([books!])
  for (const [name, answer] of told) {
    const [requestId, amount] = name.split(' ')
    const again = await node.services.quota.consume(requestOf(tenantId, entitlement, Number(amount), requestId))
    expect(again).toMatchObject({ decisionId: answer.decisionId, allowed: answer.allowed, remaining: answer.remaining })
  }
  expect((await node.books(tenantId))[0]!.consumed).toBe(books!.consumed)
})

test('a backend that is terminated in the middle of a commit charges nothing, and whoever has an id is still answered', async () => {
  const { tenantId, entitlement } = await tenantWith(100)
  await node.services.quota.consume(requestOf(tenantId, entitlement, 1))
  const holder = new pg.Client({ connectionString: database.url })
  await holder.connect()
  await holder.query('set role tollkeeper_system')
  await holder.query('begin')
  await holder.query('select 1 from balance where tenant_id = $1 for update', [tenantId])
  const waiting = Promise.allSettled([
    node.services.quota.consume(requestOf(tenantId, entitlement, 5)),
    node.services.quota.consume(requestOf(tenantId, entitlement, 7, 'kept')),
  ])
  await sleep(200)
  await holder.query('reset role')
  await holder.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
  )
  await holder.query('rollback')
  await holder.end()
  expect((await waiting).map(kindOf)).toEqual(['service.unavailable', 'allowed'])
  expect(await node.books(tenantId)).toMatchObject([{ consumed: 8, ledgerConsumed: 8 }])
})

test('a node that is held up between two statements loses its locks: the database ends the transaction, as the node cannot', async () => {
  const limit = await inOneTransaction(node.services.pool, async (client) => {
    const { rows } = await client.query<{ limit: string }>(`select current_setting('idle_in_transaction_session_timeout') as limit`)
    return rows[0]!.limit
  })
  expect(limit).toBe('10s')
})

test('more requests than may wait are refused with the time to come back, and cost nothing', async () => {
  await using small = await node.another({ waiting: 50, waitingOfTenant: 20, lanes: 1 })
  const { tenantId, entitlement } = await tenantWith(10_000)
  const results = await Promise.allSettled(
    Array.from({ length: 200 }, () => small.services.quota.consume(requestOf(tenantId, entitlement, 1))),
  )
  const allowed = results.filter((result) => kindOf(result) === 'allowed')
  expect(allowed).toHaveLength(20)
  for (const result of results) {
    if (result.status === 'rejected')
      expect(result.reason).toMatchObject({ code: 'quota.overloaded', particulars: { retryAfterSeconds: 1 } })
  }
  expect((await node.books(tenantId))[0]!.consumed).toBe(20)
})

test('a balance that somebody holds makes later requests wait no longer than their patience', async () => {
  await using hasty = await node.another({ lanes: 1, patienceMs: 100 })
  const { tenantId, entitlement } = await tenantWith(100)
  await hasty.services.quota.consume(requestOf(tenantId, entitlement, 1))
  const holder = new pg.Client({ connectionString: database.url })
  await holder.connect()
  await holder.query('set role tollkeeper_system')
  await holder.query('begin')
  await holder.query('select 1 from balance where tenant_id = $1 for update', [tenantId])
  const first = hasty.services.quota.consume(requestOf(tenantId, entitlement, 1))
  await sleep(50)
  const second = hasty.services.quota.consume(requestOf(tenantId, entitlement, 1))
  await Promise.all([
    sleep(300).then(() => holder.query('rollback')),
    expect(second).rejects.toMatchObject({ code: 'quota.overloaded' }),
  ])
  expect((await first).allowed).toBe(true)
  await holder.end()
})

test('a tenant with thousands waiting does not hold up another tenant', async () => {
  await using fair = await node.another({ lanes: 1, batch: 50 })
  const hot = await tenantWith(100_000)
  const quiet = await tenantWith(100)
  let hotAnswered = 0
  const flood = Array.from({ length: 4_000 }, () =>
    fair.services.quota.consume(requestOf(hot.tenantId, hot.entitlement, 1)).then(() => hotAnswered++),
  )
  await fair.services.quota.consume(requestOf(quiet.tenantId, quiet.entitlement, 1))
  expect(hotAnswered).toBeLessThan(500)
  await Promise.all(flood)
  expect((await node.books(hot.tenantId))[0]!.consumed).toBe(4_000)
})

test('the engine acts under the system role; a session of one tenant sees no balance of another', async () => {
  const ours = await tenantWith(10)
  const theirs = await tenantWith(10)
  for (const { tenantId, entitlement } of [ours, theirs]) await node.services.quota.consume(requestOf(tenantId, entitlement, 1))
  expect((await node.services.pool.query('select current_user')).rows).toEqual([{ current_user: 'tollkeeper_system' }])
  const seen = await tenantSession(node.services.orm, ours.tenantId).transactional((em) =>
    em.execute('select distinct tenant_id from balance union select distinct tenant_id from quota_entry'),
  )
  expect(seen).toEqual([{ tenant_id: ours.tenantId }])
})

test('an engine that closes answers what is waiting, and takes nothing more', async () => {
  const closing = await node.another()
  const { tenantId, entitlement } = await tenantWith(100)
  const waiting = Array.from({ length: 30 }, () => closing.services.quota.consume(requestOf(tenantId, entitlement, 1)))
  await closing.services.quota.close()
  expect((await Promise.all(waiting)).every(({ allowed }) => allowed)).toBe(true)
  await expect(closing.services.quota.consume(requestOf(tenantId, entitlement, 1))).rejects.toMatchObject({
    code: 'service.unavailable',
  })
  await closing[Symbol.asyncDispose]()
  expect((await node.books(tenantId))[0]!.consumed).toBe(30)
})
