import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { processState } from '../../src/embedded/host/process-state.ts'
import { startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { seededFolder } from './support/data-folder.ts'
import { runProgram } from './support/program.ts'
import { sql } from './support/sql.ts'

async function untilGone(pid: number): Promise<void> {
  while (processState(pid).running) await sleep(5)
}

/** postmaster.pid as a server with this pid would have left it. */
async function leaveLockFile(cluster: string, pid: number | string): Promise<void> {
  await writeFile(
    join(cluster, 'postmaster.pid'),
    `${pid}\n${cluster}\n1700000000\n15999\n\n127.0.0.1\n  123456         0\nready   \n`,
  )
}

test('a server whose program was killed is adopted with all it holds, and stopped by its new program', async () => {
  await using folder = await seededFolder()
  const program = runProgram({ dataDir: folder.path })
  const { url, pid } = await program.answer
  await sql(url, 'create table kept (n int)', 'insert into kept values (7)')
  await program.kill()
  expect(processState(pid).running).toBe(true)
  const server = await startEmbeddedPostgres({ dataDir: folder.path, durable: false })
  expect([server.adopted, server.pid, server.url()]).toEqual([true, pid, url])
  expect(await sql(server.url(), 'table kept')).toEqual([{ n: 7 }])
  await server.stop()
  expect(processState(pid).running).toBe(false)
})

test('a server left behind without durability is started anew when durability is wanted', async () => {
  await using folder = await seededFolder()
  const program = runProgram({ dataDir: folder.path })
  const { pid } = await program.answer
  await program.kill()
  await using server = await startEmbeddedPostgres({ dataDir: folder.path })
  expect(server.adopted).toBe(false)
  expect(processState(pid).running).toBe(false)
  expect(await sql(server.url(), 'show fsync')).toEqual([{ fsync: 'on' }])
})

test('a server in use by another living program is not taken over with other settings', async () => {
  await using folder = await seededFolder()
  const program = runProgram({ dataDir: folder.path })
  const { url } = await program.answer
  await expect(startEmbeddedPostgres({ dataDir: folder.path })).rejects.toThrow(
    /in use by another program on port \d+ without durability/,
  )
  expect(await sql(url, 'select 1 as answer')).toEqual([{ answer: 1 }])
  await program.order('stop')
})

test('a program that exits without stopping takes its server along', async () => {
  await using folder = await seededFolder()
  const program = runProgram({ dataDir: folder.path })
  const { pid } = await program.answer
  await program.order('exit')
  await untilGone(pid)
})

test('a Ctrl-C meant for the whole process group does not reach the server', async () => {
  await using folder = await seededFolder()
  const program = runProgram({ dataDir: folder.path }, { detached: true })
  const { url, pid } = await program.answer
  process.kill(-program.child.pid!, 'SIGINT')
  await once(program.child, 'exit')
  expect(await sql(url, 'select 1 as answer')).toEqual([{ answer: 1 }])
  const server = await startEmbeddedPostgres({ dataDir: folder.path, durable: false })
  expect(server.pid).toBe(pid)
  await server.stop()
})

test('after a kill -9 of the server itself the next start recovers what was committed', async () => {
  await using folder = await seededFolder()
  const first = await startEmbeddedPostgres({ dataDir: folder.path })
  await sql(first.url(), 'create table kept (n int)', 'insert into kept values (7)')
  process.kill(first.pid, 'SIGKILL')
  await using second = await startEmbeddedPostgres({ dataDir: folder.path })
  expect([second.adopted, second.port]).toEqual([false, first.port])
  expect(await sql(second.url(), 'table kept')).toEqual([{ n: 7 }])
  await first.stop()
  expect(await sql(second.url(), 'select 1 as answer')).toEqual([{ answer: 1 }])
})

test('the lock file of a zombie does not keep the server from starting', async () => {
  await using folder = await seededFolder()
  // The shell becomes a sleep, which never asks how its child ended: that child stays a zombie.
  const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const [printed] = await once(parent.stdout, 'data')
  const zombie = Number(String(printed))
  await untilGone(zombie)
  expect(() => process.kill(zombie, 0)).not.toThrow()
  await leaveLockFile(folder.cluster, zombie)
  await using server = await startEmbeddedPostgres({ dataDir: folder.path, durable: false })
  expect(server.adopted).toBe(false)
  parent.kill()
})

test.each(['a dead process', 'another program', 'nobody, being empty'])(
  'the lock file of %s does not keep the server from starting',
  async (whose) => {
    await using folder = await seededFolder()
    const other = spawn('sleep', ['60'])
    if (whose === 'a dead process') {
      other.kill()
      await once(other, 'exit')
    }
    if (whose.startsWith('nobody')) {
      const lockFile = join(folder.cluster, 'postmaster.pid')
      await writeFile(lockFile, '')
      await utimes(lockFile, 1, 1)
    } else {
      await leaveLockFile(folder.cluster, other.pid!)
    }
    await using server = await startEmbeddedPostgres({ dataDir: folder.path, durable: false })
    expect(server.adopted).toBe(false)
    expect(await readFile(join(folder.cluster, 'postmaster.pid'), 'utf8')).toMatch(new RegExp(`^${server.pid}\n`))
    other.kill()
  },
)
