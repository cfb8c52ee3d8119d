import { createTestDatabase, type TestDatabase } from '@tollkeeper/db/testing'
import { afterAll, expect, test } from 'vitest'
import { authorize } from '../authorize.ts'
import { grantUnits } from '../grant/grant-units.ts'
import { openQuotaNode, type QuotaNode } from '../testing/quota-node.ts'
import { asOperator } from '../testing/tenant-on.ts'

const database: TestDatabase = await createTestDatabase()
const node: QuotaNode = await openQuotaNode(database.url)
const { pool } = node.services

afterAll(async () => {
  await node[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

/** What the database says to a statement that nobody means to be carried out. */
async function refusalOf(role: string, statement: string, values: unknown[] = []): Promise<string> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(`set local role ${role}`)
    await client.query(statement, values)
    return 'carried out'
  } catch (error) {
    const { code, constraint } = error as { code: string; constraint?: string }
    return constraint ?? code
  } finally {
    await client.query('rollback')
    client.release()
  }
}

const NOT_ALLOWED = '42501'

test.each(['tollkeeper_system', 'tollkeeper_tenant'])(
  'the ledger and what was granted are only ever added to, whoever asks as %s',
  async (role) => {
    for (const statement of [
      'update quota_entry set units = units + 1',
      'delete from quota_entry',
      'truncate quota_entry',
      'update quota_grant set units = units + 1',
      'update quota_grant set expires_at = null, priority = -1000',
      'delete from quota_grant',
      'update usage_correction set amount = amount + 1',
    ])
      expect([statement, await refusalOf(role, statement)]).toEqual([statement, NOT_ALLOWED])
  },
)

test('the database itself refuses a balance that would pass what is granted, of whatever origin and in whatever way', async () => {
  const ctx = await node.tenant()
  await grantUnits(asOperator(ctx), {
    ...{ tenantId: ctx.tenantId, feature: 'characters', units: 10 },
    ...{ source: 'promotional', reason: 'test', priority: 0 },
  })
  await authorize(ctx, { feature: 'characters', amount: 1 })
  const { rows } = await pool.query<{ origin: string }>('select origin from balance where tenant_id = $1', [ctx.tenantId])
  expect(rows).toHaveLength(2)
  for (const { origin } of rows)
    for (const part of ['consumed', 'reserved', 'leased']) {
      const passing = `update balance set ${part} = ${part} + granted - consumed + 1 where tenant_id = $1 and origin = $2`
      expect(await refusalOf('tollkeeper_system', passing, [ctx.tenantId, origin])).toBe('balance_never_over_granted')
    }
  const less = 'update balance set granted = consumed - 1 where tenant_id = $1 and consumed > 0'
  expect(await refusalOf('tollkeeper_system', less, [ctx.tenantId])).toBe('balance_never_over_granted')
})

test('the ledger grows with commits, not with requests: only those that have an id leave a row each', async () => {
  const ctx = await node.tenant()
  const rowsOf = async () => {
    const { rows } = await pool.query<{ entries: number; requests: number; answers: number }>(
      `select count(*)::int as entries, coalesce(sum(requests), 0)::int as requests,
         (select count(*)::int from quota_request where tenant_id = $1) as answers from quota_entry where tenant_id = $1 and kind = 'consume'`,
      [ctx.tenantId],
    )
    return rows[0]!
  }
  await authorize(ctx, { feature: 'characters', amount: 1 })
  await Promise.all(Array.from({ length: 400 }, () => authorize(ctx, { feature: 'characters', amount: 1 })))
  const unnamed = await rowsOf()
  expect(unnamed).toMatchObject({ requests: 401, answers: 0 })
  expect(unnamed.entries).toBeLessThan(20)
  await Promise.all(
    Array.from({ length: 400 }, (_, index) => authorize(ctx, { feature: 'characters', amount: 1, requestId: `r${index}` })),
  )
  const named = await rowsOf()
  expect(named).toMatchObject({ requests: 801, answers: 400 })
  expect(named.entries).toBeLessThan(40)
})
