import { Client } from 'pg'
import { expect, test } from 'vitest'
import { migrate, pendingMigrations } from '../src/index.ts'
import { createTestDatabase } from '../src/testing/index.ts'

test('of several servers that start at once on an empty database one migrates, and the others find nothing to do', async () => {
  await using database = await createTestDatabase({ empty: true })
  const pending = await pendingMigrations(database.url)
  const applied = await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)])
  expect(pending.length).toBeGreaterThan(1)
  expect(applied.filter((names) => names.length > 0)).toEqual([pending])
  expect(await pendingMigrations(database.url)).toEqual([])
})

test('a database that a newer version has used is refused, with what to do, and left as it was', async () => {
  await using database = await createTestDatabase()
  const client = new Client({ connectionString: database.url })
  await client.connect()
  try {
    await client.query(`insert into schema_migration (name, executed_at) values ('Migration29991231000000_from_the_future', now())`)
    await expect(migrate(database.url)).rejects.toThrow(/from_the_future[\s\S]*Start that version, or restore a backup/)
    await expect(pendingMigrations(database.url)).rejects.toThrow(/from_the_future/)
  } finally {
    await client.end()
  }
})
