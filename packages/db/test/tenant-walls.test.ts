import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { entities, openOrm, systemRole, tenantRole, tenantSession } from '../src/index.ts'
import { createTestDatabase, type TestDatabase } from '../src/testing/index.ts'

let database: TestDatabase
let owner: Client

beforeAll(async () => {
  database = await createTestDatabase()
  owner = new Client({ connectionString: database.url })
  await owner.connect()
  for (const tenant of ['ten_a', 'ten_b']) await owner.query('insert into tenant (id, name, slug) values ($1, $1, $1)', [tenant])
})
afterAll(async () => {
  await owner.end()
  await database[Symbol.asyncDispose]()
})

/** Tables of tenants as the database knows them: a table added tomorrow is tested tomorrow. */
async function tenantTables(): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'tenant_id' order by 1`,
  )
  return rows.map(({ name }) => name)
}

test('every table with a tenant_id is walled: row-level security is on, binds the owner, and has both policies', async () => {
  const { rows } = await owner.query(
    `select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced, array_agg(p.polname::text order by p.polname) as policies
     from pg_class c left join pg_policy p on p.polrelid = c.oid where c.relname = any($1) group by 1, 2, 3 order by 1`,
    [await tenantTables()],
  )
  expect(rows.length).toBeGreaterThan(10)
  for (const row of rows)
    expect(row).toEqual({ name: row.name, enabled: true, forced: true, policies: ['one_tenant', 'the_server_itself'] })
})

test('the two roles own nothing, cannot log in and pass no wall', async () => {
  const { rows } = await owner.query(
    `select rolname, rolsuper, rolbypassrls, rolcanlogin, (select count(*)::int from pg_class where relowner = r.oid) as owned
     from pg_roles r where rolname = any($1) order by 1`,
    [[tenantRole, systemRole]],
  )
  const bound = { rolsuper: false, rolbypassrls: false, rolcanlogin: false, owned: 0 }
  expect(rows).toEqual([systemRole, tenantRole].map((rolname) => ({ rolname, ...bound })))
})

describe('as the role of one tenant', () => {
  const asTenant = async (tenantId: string | null, sql: string, values: unknown[] = []) => {
    await owner.query('begin')
    try {
      await owner.query(`select set_config('role', $1, true), set_config('app.tenant', $2, true)`, [tenantRole, tenantId ?? ''])
      return await owner.query(sql, values)
    } finally {
      await owner.query('rollback')
    }
  }

  test('a query without a where sees one tenant, and outside any tenant none', async () => {
    expect((await asTenant('ten_a', 'select id from tenant')).rows).toEqual([{ id: 'ten_a' }])
    expect((await asTenant(null, 'select id from tenant')).rows).toEqual([])
    for (const table of await tenantTables()) expect((await asTenant(null, `select * from ${table}`)).rows).toEqual([])
  })

  test('a row cannot be written for another tenant', async () => {
    const write = asTenant(
      'ten_a',
      `insert into decision_log (tenant_id, id, feature_key, amount, allowed, code, caller_id, at)
      values ('ten_b', 'dec_x', 'f', 1, false, 'x', 'y', now())`,
    )
    await expect(write).rejects.toMatchObject({ code: '42501' })
  })

  test.each(['quota_entry', 'audit_entry', 'subscription_event'])('%s can be added to, and never changed', async (table) => {
    await expect(asTenant('ten_a', `update ${table} set tenant_id = tenant_id`)).rejects.toMatchObject({ code: '42501' })
    await expect(asTenant('ten_a', `delete from ${table}`)).rejects.toMatchObject({ code: '42501' })
  })

  test.each(['account', 'session', 'verification', 'refresh_family', 'signing_key', 'stripe_event'])(
    '%s cannot be read at all',
    async (table) => {
      await expect(asTenant('ten_a', `select * from ${table}`)).rejects.toMatchObject({ code: '42501' })
    },
  )
})

test('units of work for different tenants, interleaved over few connections, never see each other', async () => {
  const orm = await openOrm(database.url, { poolSize: 3 })
  try {
    const seen = await Promise.all(
      Array.from({ length: 300 }, async (_value, index) => {
        const tenant = index % 2 === 0 ? 'ten_a' : 'ten_b'
        const rows = await tenantSession(orm, tenant).transactional((em) => em.execute<{ id: string }[]>('select id from tenant'))
        return rows.length === 1 && rows[0]!.id === tenant
      }),
    )
    expect(seen.every(Boolean)).toBe(true)
  } finally {
    await orm.close(true)
  }
})

test('the committed migrations make exactly what the entities describe', async () => {
  const orm = await openOrm(database.url)
  try {
    expect(await orm.migrator.checkSchema()).toBe(false)
    expect(entities.length).toBeGreaterThan(20)
  } finally {
    await orm.close(true)
  }
})
