import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { freePort } from '../http/free-port.ts'

const usual = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer', '/usr/local/bin/pgbouncer', '/opt/homebrew/bin/pgbouncer']

/** The PgBouncer of this machine: `PGBOUNCER_PATH`, or where it usually is. Undefined where there is none. */
export const pgbouncerPath = [process.env.PGBOUNCER_PATH, ...usual].find((path) => path !== undefined && existsSync(path))

/** So few that every one of them is used by everybody. */
const POOL_SIZE = 6
const UP_WITHIN_MS = 60_000

/** PgBouncer in transaction mode in front of a database. @returns the address of the same database through it */
export async function startPgbouncer(databaseUrl: string): Promise<AsyncDisposable & { url: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'tollkeeper-pgbouncer-'))
  // started as root it goes on as another account, which has to read its file
  await chmod(folder, 0o755)
  const port = await freePort('127.0.0.1')
  const file = join(folder, 'pgbouncer.ini')
  await writeFile(file, configuration(new URL(databaseUrl), port))
  const asNobody = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
  const child = spawn(pgbouncerPath!, [...asNobody, file], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const url = new URL(databaseUrl)
  url.port = String(port)
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGINT')
      await once(child, 'exit')
    }
    await rm(folder, { recursive: true, force: true })
  }
  const deadline = Date.now() + UP_WITHIN_MS
  while (!(await answers(url.href))) {
    if (child.exitCode === null && Date.now() < deadline) {
      await sleep(20)
      continue
    }
    await stop()
    throw new Error(`PgBouncer did not come up:\n${said}`)
  }
  return { url: url.href, [Symbol.asyncDispose]: stop }
}

function configuration({ hostname, port, username, password }: URL, listenPort: number): string {
  return `[databases]
* = host=${hostname} port=${port} user=${username} password=${decodeURIComponent(password)}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${listenPort}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = ${POOL_SIZE}
max_client_conn = 500
server_fast_close = 1
`
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED') return false
    throw error
  } finally {
    await client.end().catch(() => undefined)
  }
}
