import { createServer } from 'node:net'
import { createTestDatabase, type TestDatabase } from '@tollkeeper/db/testing'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../testing/eventually.ts'
import { ChangeNotifications } from './change-notifications.ts'
import { createLogger } from './logger.ts'

let database: TestDatabase
let owner: pg.Client
beforeAll(async () => {
  database = await createTestDatabase()
  owner = new pg.Client({ connectionString: database.url })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await database[Symbol.asyncDispose]()
})

const announce = () => owner.query(`insert into change (kind, subject) values ('tenant', 'ten_of_the_test')`)

const listeners = async () =>
  (
    await owner.query<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database() and query like 'listen %' and state = 'idle'`,
    )
  ).rows.map(({ pid }) => pid)
const heard = () => eventually(listeners, (pids) => pids.length === 1)

/** Notifications that count how often they had the feed read. */
function counting(url = database.url) {
  const reads = { count: 0 }
  const changes = {
    catchUp: async () => {
      reads.count++
    },
  }
  const notifications = new ChangeNotifications(url, changes, createLogger('silent'))
  notifications.start()
  return { reads, notifications, [Symbol.asyncDispose]: () => notifications.close() }
}
const until = (reads: { count: number }, least: number) =>
  eventually(
    async () => reads.count,
    (count) => count >= least,
  )

test('a change has the feed read when it is committed, and not before', async () => {
  await using node = counting()
  await heard()
  await until(node.reads, 1)
  await owner.query('begin')
  await announce()
  const before = node.reads.count
  await owner.query('select pg_sleep(0.1)')
  expect(node.reads.count).toBe(before)
  await owner.query('commit')
  await until(node.reads, before + 1)
})

test('a lost connection is opened again, and what was announced meanwhile is read', async () => {
  await using node = counting()
  await heard()
  await until(node.reads, 1)
  const [pid] = await listeners()
  await owner.query('select pg_terminate_backend($1)', [pid])
  await eventually(listeners, (pids) => pids.length === 1 && pids[0] !== pid)
  await until(node.reads, 2)
  const before = node.reads.count
  await announce()
  await until(node.reads, before + 1)
})

test('however many changes come, the feed is read no more than once in 20 ms for them', async () => {
  await using node = counting()
  await heard()
  await until(node.reads, 1)
  const begun = performance.now()
  for (let index = 0; index < 300; index++) await announce()
  await until(node.reads, 2)
  expect(node.reads.count).toBeLessThanOrEqual(2 + (performance.now() - begun) / 19)
})

test('where the database cannot be reached it goes on trying, and lets itself be closed', async () => {
  const closedPort = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
  const node = counting(`postgres://nobody@127.0.0.1:${closedPort}/none`)
  await new Promise((resolve) => setTimeout(resolve, 50))
  await node[Symbol.asyncDispose]()
  expect(node.reads.count).toBe(0)
})

test('behind a pooler nothing is listened to', async () => {
  await using node = counting(`${database.url}?pgbouncer=true`)
  await announce()
  expect(await listeners()).toEqual([])
  expect(node.reads.count).toBe(0)
})
