import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import { inject } from 'vitest'
import { withConnection } from '../embedded/server/connection.ts'
import type {} from './provided-test-server.ts'
import { uniqueDatabaseName, urlOfDatabase } from './template-database.ts'

export type TestDatabase = AsyncDisposable & { url: string; name: string }

/** How long a closed connection may take to leave the server's list before it counts as leaked. */
const GRACE_MS = 2_000

/**
 * A migrated database of its own for one test file or test: `await using database = await createTestDatabase()`. Needs the
 * global set-up `@tollkeeper/db/testing/global-setup` in the vitest configuration.
 * @param options.empty starts from nothing instead of the migrated template
 * @throws on disposal, after dropping the database, when a connection to it was left open
 */
export async function createTestDatabase({ empty = false }: { empty?: boolean } = {}): Promise<TestDatabase> {
  const server = inject('tollkeeperTestServer')
  if (!server) {
    throw new Error("No test server: add globalSetup: ['@tollkeeper/db/testing/global-setup'] to this package's vitest.config.ts.")
  }
  const { adminUrl } = server
  const name = uniqueDatabaseName('test')
  const source = empty ? 'template0' : server.template
  await withConnection(adminUrl, (client) => client.query(`create database ${name} template ${source} strategy file_copy`))
  return {
    name,
    url: urlOfDatabase(adminUrl, name),
    [Symbol.asyncDispose]: () => withConnection(adminUrl, (client) => dropAndReportLeaks(client, name)),
  }
}

async function dropAndReportLeaks(client: Client, name: string): Promise<void> {
  const leaked = await connectionsLeft(client, name)
  await client.query(`drop database if exists ${name} with (force)`)
  if (leaked.length === 0) return
  throw new Error(
    `${leaked.length} connection(s) to the test database were left open; close the pool, ORM or client that made them:\n${leaked.join('\n')}`,
  )
}

type Backend = { pid: number; application_name: string; state: string; query: string }

async function connectionsLeft(client: Client, name: string): Promise<string[]> {
  const sql = `select pid, application_name, state, query from pg_stat_activity where datname = $1 and backend_type = 'client backend'`
  const deadline = Date.now() + GRACE_MS
  while (true) {
    const { rows } = await client.query<Backend>(sql, [name])
    if (rows.length === 0 || Date.now() > deadline) return rows.map(describe)
    await sleep(20)
  }
}

function describe({ pid, application_name, state, query }: Backend): string {
  return `  pid ${pid} "${application_name}" ${state}: ${query.replace(/\s+/g, ' ').slice(0, 200)}`
}
