import { setTimeout as sleep } from 'node:timers/promises'
import { openOrm, systemSession } from '@tollkeeper/db'
import { createTestDatabase } from '@tollkeeper/db/testing'
import pg from 'pg'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { JobDefinition } from '../kernel/job.ts'
import { createLogger } from '../kernel/logger.ts'
import type { Services } from '../kernel/services.ts'
import { eventually } from '../testing/eventually.ts'
import { createJobs } from './index.ts'

const logger = createLogger('silent')
const Payload = z.strictObject({ name: z.string() })
type Payload = z.infer<typeof Payload>

async function startQueue(handle: (payload: Payload) => Promise<void>, { retries = 2, nodes = 1, pollSeconds = 0.5 } = {}) {
  await using started = new AsyncDisposableStack()
  const database = started.use(await createTestDatabase())
  const orm = await openOrm(database.url)
  started.defer(() => orm.close(true))
  const pool = new pg.Pool({ connectionString: database.url })
  started.defer(() => pool.end())
  const job: JobDefinition<Payload> = {
    name: 'test.greet',
    payload: Payload,
    concurrency: 2,
    retries,
    handle: (_services, payload) => handle(payload),
  }
  const services = { logger } as Partial<Services> as Services
  const queues = Array.from({ length: nodes }, () =>
    createJobs({
      databaseUrl: database.url,
      logger,
      migrate: true,
      pollSeconds,
      definitions: [job] as readonly JobDefinition<object>[],
    }),
  )
  for (const queue of queues) started.defer(() => queue.close())
  await Promise.all(queues.map((queue) => queue.start(services)))
  const held = started.move()
  const [queue] = queues
  return {
    queue: queue!,
    job,
    pool,
    ask: (name: string, then: () => void = () => undefined) =>
      systemSession(orm).transactional(async (em) => {
        await queue!.enqueue(em, job, { name })
        then()
      }),
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  }
}

test('a job asked for in a transaction that is undone is never done', async () => {
  const done: string[] = []
  await using world = await startQueue(async ({ name }) => void done.push(name))
  const undo = () => {
    throw new Error('undone')
  }
  await expect(world.ask('undone', undo)).rejects.toThrow('undone')
  await world.ask('kept')
  await eventually(
    async () => done.length,
    (count) => count > 0,
  )
  await sleep(700)
  expect(done).toEqual(['kept'])
})

test('a job that is woken for does not wait for the next look at the queue', async () => {
  const begun: string[] = []
  await using world = await startQueue(async ({ name }) => void begun.push(name), { pollSeconds: 60 })
  await sleep(100)
  await world.ask('woken')
  world.queue.wake(world.job)
  await eventually(
    async () => begun.length,
    (count) => count === 1,
  )
})

test('a job nobody wakes for is found by looking', async () => {
  const begun: string[] = []
  await using world = await startQueue(async ({ name }) => void begun.push(name))
  await world.ask('not woken')
  await eventually(
    async () => begun.length,
    (count) => count === 1,
  )
})

test('jobs of several nodes that start together are each done once', async () => {
  const done: string[] = []
  await using world = await startQueue(async ({ name }) => void done.push(name), { nodes: 3 })
  const names = Array.from({ length: 40 }, (_, index) => `job ${index}`)
  await Promise.all(names.map((name) => world.ask(name)))
  await eventually(
    async () => done.length,
    (count) => count >= 40,
  )
  expect(done.toSorted()).toEqual(names.toSorted())
})

test('a job that fails is tried again, and after its last attempt lies among the dead letters', async () => {
  let attempts = 0
  await using world = await startQueue(
    async () => {
      attempts++
      throw new Error('not today')
    },
    { retries: 1 },
  )
  await world.ask('hopeless')
  const dead = async () => (await world.pool.query(`select data from pgboss.job where name = 'dead_letters'`)).rows
  await eventually(dead, (rows) => rows.length > 0, 10_000)
  expect(attempts).toBe(2)
  expect(await dead()).toEqual([{ data: { name: 'hopeless' } }])
})

test('closing waits for a job that is under way', async () => {
  let ended = false
  const world = await startQueue(async () => {
    await sleep(600)
    ended = true
  })
  await world.ask('slow')
  world.queue.wake(world.job)
  await sleep(150)
  await world[Symbol.asyncDispose]()
  expect(ended).toBe(true)
})

test('the role that changes are made under may add a job and not see or take the payloads of others', async () => {
  await using world = await startQueue(async () => undefined)
  const client = await world.pool.connect()
  await client.query('set role tollkeeper_tenant')
  await expect(client.query('select data from pgboss.job')).rejects.toThrow(/permission denied/)
  await client.query('set role tollkeeper_system')
  await expect(client.query('delete from pgboss.job')).rejects.toThrow(/permission denied/)
  await expect(client.query(`update pgboss.job set state = 'completed'`)).rejects.toThrow(/permission denied/)
  await client.query('reset role')
  client.release()
})
