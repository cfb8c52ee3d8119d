import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Answer, type Call, startTestApp, type TestApp, type TestPerson } from '../testing/index.ts'

let app: TestApp
let ada: TestPerson
let key: Call

beforeAll(async () => {
  app = await startTestApp()
  ada = await app.person('Ada')
  key = (await app.key(ada)).call
})
afterAll(() => app[Symbol.asyncDispose]())

/** Holds the tenant's balances until it is let go, as a statement that hangs would. */
async function holdBalances(): Promise<() => Promise<void>> {
  const holder = new pg.Client({ connectionString: app.databaseUrl })
  await holder.connect()
  await holder.query('set role tollkeeper_system')
  await holder.query('begin')
  await holder.query('select 1 from balance where tenant_id = $1 for update', [ada.tenantId])
  return async () => {
    await holder.query('rollback')
    await holder.end()
  }
}

test('a server that has too much to do answers 503 with the time to come back, on both wires, and counts nothing of it', async () => {
  await key('POST', '/authorize', { feature: 'characters', amount: 1 })
  const letGo = await holdBalances()
  const events = Array.from({ length: 1_000 }, (_, index) => ({ id: `e${index}`, feature: 'characters', amount: 1 }))
  const flood = Array.from({ length: 60 }, () => key('POST', '/usage', { events }))
  await sleep(1_000)
  const rest = await key('POST', '/usage', { events })
  const trpc = await key('POST', '//trpc/quota.track', { events })
  await letGo()
  expect(rest).toMatchObject({ status: 503, body: { code: 'quota.overloaded', retryAfterSeconds: 1, next: expect.any(String) } })
  expect(trpc).toMatchObject({ status: 503, body: { error: { data: { code: 'quota.overloaded', retryAfterSeconds: 1 } } } })
  const answers: Answer[] = [...(await Promise.all(flood)), rest, trpc]
  const refused = answers.filter(({ status }) => status !== 200)
  expect(refused.length).toBeGreaterThanOrEqual(10)
  for (const { status, headers } of refused) expect([status, headers.get('retry-after')]).toEqual([503, '1'])
  const { rows } = await app.services.pool.query('select consumed::int as consumed from balance where tenant_id = $1', [
    ada.tenantId,
  ])
  expect(rows).toEqual([{ consumed: 1_001 }])
}, 60_000)
