import { MikroORM } from '@mikro-orm/postgresql'
import pg from 'pg'
import { ormOptions } from './orm.ts'
import { ensureRoles } from './roles.ts'

/** One number for all nodes: whoever holds this lock migrates, the others wait and then find nothing to do. */
const MIGRATION_LOCK = 7_286_119_403n

/**
 * Brings a database to the schema of this code, under an advisory lock, each run all or nothing.
 * @returns the names of the migrations that were applied, in order
 * @throws when the schema is newer than the code, or a role cannot be created
 */
export async function migrate(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'tollkeeper migration' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await ensureRoles(client)
    return await applyPending(url, client)
  } finally {
    await client.end()
  }
}

async function applyPending(url: string, client: pg.Client): Promise<string[]> {
  const orm = await MikroORM.init(ormOptions(url, { pool: { min: 0, max: 1 } }))
  try {
    const known = new Set((await orm.migrator.getPending()).map(({ name }) => name))
    const executed = await executedMigrations(client)
    const inCode = new Set([...known, ...(await orm.migrator.getExecuted()).map(({ name }) => name)])
    const fromTheFuture = executed.filter((name) => !inCode.has(name))
    if (fromTheFuture.length > 0) {
      throw new Error(
        `The database has migrations this version does not know (${fromTheFuture.join(', ')}): it was used by a newer Tollkeeper. Start that version, or restore a backup made before it.`,
      )
    }
    return (await orm.migrator.up()).map(({ name }) => name)
  } finally {
    await orm.close(true)
  }
}

async function executedMigrations(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ exists: boolean }>(`select to_regclass('schema_migration') is not null as exists`)
  if (!rows[0]?.exists) return []
  return (await client.query<{ name: string }>('select name from schema_migration order by id')).rows.map(({ name }) => name)
}
