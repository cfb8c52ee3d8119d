import { Client } from 'pg'
import { expect, test } from 'vitest'
import { migrate, openOrm } from '../src/index.ts'
import { createTestDatabase } from '../src/testing/index.ts'

const BEFORE = 'Migration20261123210055_reservations'

test('usage events that are there keep their rows, and their ids stay known, on the way to months and back', async () => {
  await using database = await createTestDatabase()
  await migrate(database.url)
  const orm = await openOrm(database.url)
  const client = new Client({ connectionString: database.url })
  await client.connect()
  try {
    await orm.migrator.down({ to: BEFORE })
    await client.query(
      `insert into feature (key, name, kind, unit, position) values ('characters', 'Characters', 'metered', 'character', 1)`,
    )
    await client.query(`insert into usage_event (tenant_id, id, feature_key, amount, at, received_at, content_hash) values
      ('ten_a', 'x', 'characters', 1, '2026-09-30T23:59:59.999Z', now(), 'h1'), ('ten_a', 'y', 'characters', 2, '2026-10-01T00:00:00Z', now(), 'h2')`)
    const read = async () => (await client.query('select id, amount::int from usage_event order by id')).rows
    const rows = [
      { id: 'x', amount: 1 },
      { id: 'y', amount: 2 },
    ]
    await orm.migrator.up()
    expect(await read()).toEqual(rows)
    expect((await client.query('select id from usage_event_2026_09')).rows).toEqual([{ id: 'x' }])
    expect((await client.query('select id, content_hash from usage_event_key order by id')).rows).toEqual([
      { id: 'x', content_hash: 'h1' },
      { id: 'y', content_hash: 'h2' },
    ])
    await orm.migrator.down({ to: BEFORE })
    expect(await read()).toEqual(rows)
  } finally {
    await client.end()
    await orm.close(true)
  }
})
