import pg from 'pg'
import { expect, test } from 'vitest'
import { openOrm, systemSession } from '../src/index.ts'
import { createTestDatabase } from '../src/testing/index.ts'

test('a pool whose connections the server cuts, idle or in the middle of a transaction, has all of them again', async () => {
  await using database = await createTestDatabase()
  const orm = await openOrm(database.url, { poolSize: 2 })
  const admin = new pg.Client({ connectionString: database.url })
  await admin.connect()
  const cut = () =>
    admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tollkeeper' and datname = $1`, [
      database.name,
    ])
  const ask = (between: () => Promise<unknown>) =>
    systemSession(orm).transactional(async (em) => {
      await em.execute('select 1')
      await between()
      await em.execute('select 1')
      return 'answered'
    })
  for (let round = 0; round < 6; round++) {
    const failing = [ask(cut), ask(() => new Promise((resolve) => setTimeout(resolve, 20)))]
    await Promise.allSettled(failing)
    await Promise.allSettled([cut(), ask(async () => undefined), ask(async () => undefined)])
  }
  const both = await Promise.all([ask(async () => undefined), ask(async () => undefined)])
  expect(both).toEqual(['answered', 'answered'])
  await orm.close(true)
  await admin.end()
})
