import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { platformBinaries } from '../../src/embedded/host/platform-binaries.ts'
import { startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { dataFolder, seededFolder } from './support/data-folder.ts'
import { type Program, runProgram } from './support/program.ts'
import { sql } from './support/sql.ts'

async function entries(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  return readdir(folder)
}

/** Kills the program while initdb is at work: its draft is there, the finished cluster is not. */
async function killHalfWay(program: Program, dataDir: string): Promise<void> {
  while (!(await entries(dataDir)).some((name) => name.startsWith('initialising'))) await sleep(2)
  await sleep(100)
  await program.kill()
}

test('a first start that was killed half-way is done again, and its scraps are cleared away', async () => {
  await using folder = await dataFolder()
  await killHalfWay(runProgram({ dataDir: folder.path }), folder.path)
  expect(await entries(folder.path)).not.toContain('cluster')
  await using server = await startEmbeddedPostgres({ dataDir: folder.path, durable: false })
  expect(await sql(server.url(), 'select 1 as answer')).toEqual([{ answer: 1 }])
  expect((await entries(folder.path)).sort()).toEqual(['cluster', 'holders', 'port'])
})

test('two programs that start on an empty folder at once share one server', async () => {
  await using folder = await dataFolder()
  const programs = [runProgram({ dataDir: folder.path }), runProgram({ dataDir: folder.path })]
  const [one, other] = await Promise.all(programs.map(({ answer }) => answer))
  expect(one!.error ?? other!.error).toBeUndefined()
  expect(other!.url).toBe(one!.url)
  expect(other!.pid).toBe(one!.pid)
  await programs[0]!.order('stop')
  expect(await sql(other!.url, 'select 1 as answer')).toEqual([{ answer: 1 }])
  await programs[1]!.order('stop')
  await expect(sql(one!.url, 'select 1')).rejects.toThrow('ECONNREFUSED')
})

test('four starts on a stopped database at once share one server', async () => {
  await using folder = await seededFolder()
  const servers = await Promise.all(
    Array.from({ length: 4 }, () => startEmbeddedPostgres({ dataDir: folder.path, durable: false })),
  )
  expect(new Set(servers.map(({ pid }) => pid)).size).toBe(1)
  expect(servers.filter(({ adopted }) => !adopted)).toHaveLength(1)
  for (const server of servers) await server.stop()
})

test('a database of another major version is refused and left as it is', async () => {
  await using folder = await seededFolder()
  const mark = join(folder.cluster, 'PG_VERSION')
  await writeFile(mark, '17\n')
  await expect(startEmbeddedPostgres({ dataDir: folder.path })).rejects.toThrow(
    /made by PostgreSQL 17.*brings PostgreSQL 18.*Nothing was changed.*pg_dump/,
  )
  expect(await readFile(mark, 'utf8')).toBe('17\n')
})

test('files that are no database are refused and left as they are', async () => {
  await using folder = await dataFolder()
  await mkdir(folder.cluster, { recursive: true })
  await writeFile(join(folder.cluster, 'diary.txt'), 'mine')
  await expect(startEmbeddedPostgres({ dataDir: folder.path })).rejects.toThrow(
    /holds files but no PostgreSQL database.*move it away/,
  )
  expect(await readFile(join(folder.cluster, 'diary.txt'), 'utf8')).toBe('mine')
})

test('a platform without binaries is named, with the way out', () => {
  expect(() => platformBinaries('sunos-sparc')).toThrow(/no embedded PostgreSQL for sunos-sparc.*DATABASE_URL/)
})

test('a platform whose package was not installed is told apart', () => {
  const other = process.platform === 'win32' ? 'linux-arm64' : 'win32-x64'
  expect(() => platformBinaries(other)).toThrow(/is not installed.*optional dependencies.*DATABASE_URL/)
})

test("a failing start is told with the server's own last lines", async () => {
  await using folder = await seededFolder()
  const configuration = join(folder.cluster, 'postgresql.conf')
  await writeFile(configuration, `${await readFile(configuration, 'utf8')}\nmax_connectoins = 5\n`)
  await expect(startEmbeddedPostgres({ dataDir: folder.path })).rejects.toThrow(/PostgreSQL said:.*max_connectoins/s)
})

test('a data folder that cannot be made is named, and why', async () => {
  await using folder = await dataFolder()
  await mkdir(folder.path)
  await writeFile(join(folder.path, 'a-file'), '')
  const dataDir = join(folder.path, 'a-file', 'data')
  await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(`The database's files in ${dataDir} could not be used: ENOTDIR`)
})
