import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { median } from '../../machine/statistics.ts'

const run = promisify(execFile)
const UPDATE = 'update bench_commit set n = n + 1'

/** Milliseconds of one small committed update on one connection: by pgbench where it is found, else through node-postgres. */
export async function commitMillis(adminUrl: string, seconds: number): Promise<{ millis: number; by: string }> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query('create table if not exists bench_commit (n int8 not null)')
    await client.query('truncate bench_commit')
    await client.query('insert into bench_commit values (0)')
    return (await byPgbench(adminUrl, seconds)) ?? { millis: await byClient(client), by: 'node-postgres, as pgbench was not found' }
  } finally {
    await client.end()
  }
}

async function byPgbench(adminUrl: string, seconds: number): Promise<{ millis: number; by: string } | null> {
  const folder = await mkdtemp(join(tmpdir(), 'tollkeeper-pgbench-'))
  const script = join(folder, 'update.sql')
  await writeFile(script, `${UPDATE};\n`)
  try {
    const { stdout } = await run('pgbench', ['-n', '-M', 'prepared', '-c', '1', '-T', String(seconds), '-f', script, adminUrl])
    return { millis: Number(/latency average = ([\d.]+) ms/.exec(stdout)![1]), by: 'pgbench' }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function byClient(client: pg.Client): Promise<number> {
  const times: number[] = []
  for (let turn = 0; turn < 500; turn++) {
    const since = performance.now()
    await client.query({ name: 'commit', text: UPDATE })
    times.push(performance.now() - since)
  }
  return median(times)
}
