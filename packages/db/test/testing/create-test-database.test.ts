import { Client, Pool } from 'pg'
import { expect, inject, test } from 'vitest'
import { createTestDatabase } from '../../src/testing/index.ts'

async function query(url: string, sql: string) {
  const client = new Client({ connectionString: url, application_name: 'the test' })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

function databaseExists(name: string) {
  return query(inject('tollkeeperTestServer').adminUrl, `select 1 from pg_database where datname = '${name}'`)
}

test('a test database is migrated, alone, and gone afterwards', async () => {
  let name: string
  {
    await using one = await createTestDatabase()
    await using other = await createTestDatabase()
    name = one.name
    expect(await query(one.url, 'select count(*)::int > 0 as migrated from schema_migration')).toEqual([{ migrated: true }])
    await query(one.url, 'create table only_here ()')
    await expect(query(other.url, 'table only_here')).rejects.toThrow('does not exist')
  }
  expect(await databaseExists(name)).toEqual([])
})

test('an empty test database has no table of ours', async () => {
  await using database = await createTestDatabase({ empty: true })
  expect(await query(database.url, `select 1 from pg_tables where schemaname = 'public'`)).toEqual([])
})

test('a copy of the template takes at most 150 ms', async () => {
  const times: number[] = []
  for (let round = 0; round < 5; round++) {
    const begin = performance.now()
    const database = await createTestDatabase()
    times.push(performance.now() - begin)
    await database[Symbol.asyncDispose]()
  }
  times.sort((a, b) => a - b)
  console.log(`createTestDatabase: ${times.map((time) => time.toFixed(0)).join(', ')} ms`)
  // The fastest tells what it costs; the others what else this machine was doing.
  expect(times[0]).toBeLessThan(150)
})

test('files that ask at the same time all get a database', async () => {
  const databases = await Promise.all(Array.from({ length: 4 }, () => createTestDatabase()))
  expect(new Set(databases.map(({ name }) => name)).size).toBe(4)
  for (const database of databases) await database[Symbol.asyncDispose]()
})

test('a connection left open fails the test by name, and the database is dropped all the same', async () => {
  const database = await createTestDatabase()
  const leaky = new Pool({ connectionString: database.url, application_name: 'leaky' })
  leaky.on('error', () => undefined)
  await leaky.query('select 42 as the_last_query')
  await expect(database[Symbol.asyncDispose]()).rejects.toThrow(/1 connection\(s\).*\n.*"leaky" idle: select 42 as the_last_query/)
  expect(await databaseExists(database.name)).toEqual([])
  await leaky.end()
})

test('a pool that was just closed is not taken for a leak', async () => {
  const database = await createTestDatabase()
  const pool = new Pool({ connectionString: database.url, max: 5 })
  await Promise.all(Array.from({ length: 5 }, () => pool.query('select 1')))
  await pool.end()
  await expect(database[Symbol.asyncDispose]()).resolves.toBeUndefined()
})
