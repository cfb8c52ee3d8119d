import { readdir } from 'node:fs/promises'
import { parse } from 'node:path'
import { MikroORM } from '@mikro-orm/postgresql'
import pg from 'pg'
import { migrationsFolder, type Orm, ormOptions } from './orm.ts'
import { ensureRoles } from './roles.ts'

/** One number for all nodes: whoever holds this lock migrates, the others wait and then find nothing to do. */
const MIGRATION_LOCK = 7_286_119_403n

/**
 * Brings a database to the schema of this code, under an advisory lock, each run all or nothing.
 * @returns the names of the migrations that were applied, in order
 * @throws when the schema is newer than the code, or a role cannot be created
 */
export function migrate(url: string): Promise<string[]> {
  return withMigrationLock(url, async (client) => {
    await ensureRoles(client)
    return withMigrator(url, async (orm) => {
      await refuseNewerSchema(client)
      return (await orm.migrator.up()).map(({ name }) => name)
    })
  })
}

/**
 * What `migrate` would apply, without applying it.
 * @throws when the schema is newer than the code
 */
export function pendingMigrations(url: string): Promise<string[]> {
  return withConnection(url, (client) =>
    withMigrator(url, async (orm) => {
      await refuseNewerSchema(client)
      return (await orm.migrator.getPending()).map(({ name }) => name)
    }),
  )
}

/** The lock is a transaction's, on a connection of its own: behind a pooler a session's would stay with a connection that others use. */
function withMigrationLock<Answer>(url: string, work: (client: pg.Client) => Promise<Answer>): Promise<Answer> {
  return withConnection(url, async (holder) => {
    await holder.query('begin')
    await holder.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
    const answer = await withConnection(url, work)
    await holder.query('commit')
    return answer
  })
}

async function withConnection<Answer>(url: string, work: (client: pg.Client) => Promise<Answer>): Promise<Answer> {
  const client = new pg.Client({ connectionString: url, application_name: 'tollkeeper migration' })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function withMigrator<Answer>(url: string, work: (orm: Orm) => Promise<Answer>): Promise<Answer> {
  const orm = await MikroORM.init(ormOptions(url, { pool: { min: 0, max: 1 }, logger: () => undefined }))
  try {
    return await work(orm)
  } finally {
    await orm.close(true)
  }
}

/** MikroORM counts whatever the table names as executed, so what this code has is read from its files. */
async function refuseNewerSchema(client: pg.Client): Promise<void> {
  const known = (await readdir(migrationsFolder)).map((file) => parse(file).name)
  const unknown = (await executedMigrations(client)).filter((name) => !known.includes(name))
  if (unknown.length === 0) return
  throw new Error(
    `The database has migrations this version does not know (${unknown.join(', ')}): a newer Tollkeeper used it. Start that version, or restore a backup made before it.`,
  )
}

async function executedMigrations(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ exists: boolean }>(`select to_regclass('schema_migration') is not null as exists`)
  if (!rows[0]?.exists) return []
  return (await client.query<{ name: string }>('select name from schema_migration order by id')).rows.map(({ name }) => name)
}
