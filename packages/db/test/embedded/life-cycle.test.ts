import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { processState } from '../../src/embedded/host/process-state.ts'
import { startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { dataFolder, seededFolder } from './support/data-folder.ts'
import { sql } from './support/sql.ts'

test('a first start makes the cluster and the databases; a second finds the data on the same port', async () => {
  await using folder = await dataFolder()
  const options = { dataDir: folder.path, databases: ['tollkeeper', 'odd "name"'] }
  const cold = performance.now()
  const first = await startEmbeddedPostgres(options)
  const warm = performance.now()
  expect(first.adopted).toBe(false)
  await sql(first.url('tollkeeper'), 'create table kept (n int)', 'insert into kept values (7)')
  expect(await sql(first.url('odd "name"'), 'select current_database() as name')).toEqual([{ name: 'odd "name"' }])
  await first.stop()
  const again = performance.now()
  await using second = await startEmbeddedPostgres(options)
  console.log(`cold start ${(warm - cold).toFixed(0)} ms, warm start ${(performance.now() - again).toFixed(0)} ms`)
  expect(second.url('tollkeeper')).toBe(first.url('tollkeeper'))
  expect(await sql(second.url('tollkeeper'), 'table kept')).toEqual([{ n: 7 }])
})

test('a stop leaves no process behind and may be asked for twice', async () => {
  await using folder = await seededFolder()
  const server = await startEmbeddedPostgres({ dataDir: folder.path, durable: false })
  await Promise.all([server.stop(), server.stop()])
  await server.stop()
  expect(processState(server.pid).running).toBe(false)
  await expect(sql(server.url(), 'select 1')).rejects.toThrow('ECONNREFUSED')
})

test('commits are durable unless durability was given up', async () => {
  await using folder = await seededFolder()
  const asked = `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit, current_setting('full_page_writes') as pages`
  {
    await using safe = await startEmbeddedPostgres({ dataDir: folder.path })
    expect(await sql(safe.url(), asked)).toEqual([{ fsync: 'on', commit: 'on', pages: 'on' }])
  }
  await using fast = await startEmbeddedPostgres({ dataDir: folder.path, durable: false, settings: { work_mem: '7MB' } })
  expect(await sql(fast.url(), asked)).toEqual([{ fsync: 'off', commit: 'off', pages: 'off' }])
  expect(await sql(fast.url(), 'show work_mem')).toEqual([{ work_mem: '7MB' }])
})

test('nobody without the password gets in, and the password file is for its owner alone', async () => {
  await using folder = await seededFolder()
  await using server = await startEmbeddedPostgres({ dataDir: folder.path, durable: false })
  const wrong = new URL(server.url())
  wrong.password = 'guessed'
  await expect(sql(wrong.href, 'select 1')).rejects.toThrow('password authentication failed')
  wrong.password = ''
  await expect(sql(wrong.href, 'select 1')).rejects.toThrow(/password/)
  expect((await stat(join(folder.cluster, 'tollkeeper.password'))).mode & 0o777).toBe(0o600)
  expect((await stat(folder.cluster)).mode & 0o777).toBe(0o700)
  expect(await sql(server.url(), 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
})

test('a wanted port that is taken is refused by its number; a kept one that is taken makes way for another', async () => {
  await using folder = await seededFolder()
  const first = await startEmbeddedPostgres({ dataDir: folder.path, durable: false })
  await first.stop()
  const squatter = createServer().listen(first.port, '127.0.0.1')
  try {
    await expect(startEmbeddedPostgres({ dataDir: folder.path, durable: false, port: first.port })).rejects.toThrow(
      `Port ${first.port} is taken by another program`,
    )
    await using second = await startEmbeddedPostgres({ dataDir: folder.path, durable: false })
    expect(second.port).not.toBe(first.port)
    expect(await sql(second.url(), 'select 1 as answer')).toEqual([{ answer: 1 }])
  } finally {
    squatter.close()
  }
})

test('a kept port that is let go a moment later is kept on', async () => {
  await using folder = await seededFolder()
  const first = await startEmbeddedPostgres({ dataDir: folder.path, durable: false })
  await first.stop()
  const lingering = createServer().listen(first.port, '127.0.0.1')
  await once(lingering, 'listening')
  setTimeout(() => lingering.close(), 100)
  await using second = await startEmbeddedPostgres({ dataDir: folder.path, durable: false })
  expect(second.port).toBe(first.port)
})

test('the first of two users to stop leaves the server to the other', async () => {
  await using folder = await seededFolder()
  const one = await startEmbeddedPostgres({ dataDir: folder.path, durable: false })
  const other = await startEmbeddedPostgres({ dataDir: folder.path, durable: false })
  expect([other.adopted, other.pid]).toEqual([true, one.pid])
  await one.stop()
  expect(await sql(other.url(), 'select 1 as answer')).toEqual([{ answer: 1 }])
  await other.stop()
  expect(processState(one.pid).running).toBe(false)
})
