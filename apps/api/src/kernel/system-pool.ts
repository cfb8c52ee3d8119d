import { systemRole } from '@tollkeeper/db'
import pg from 'pg'
import { isPooled, PooledClient } from './pooled-client.ts'
import type { Logger } from './services.ts'

/**
 * Connections that act as the server itself. The role is taken on when a connection opens, so no statement of it can run as
 * the owner of the tables; behind a pooler (`?pgbouncer=true` in the address) in every transaction.
 */
export function createSystemPool(url: string, size: number, logger: Logger, name = 'tollkeeper system'): pg.Pool {
  return openPool(url, { size, logger, name, settings: `-c role=${systemRole}` })
}

/**
 * The same for statements that look up every row by its key. PostgreSQL keeps the plan of a statement that was prepared; made while a
 * table was nearly empty, it reads the whole of it, and goes on doing so while the table grows, until the next `analyze`. So plans that
 * read a whole table are not made here, and a plan that was made is kept.
 */
export function createKeyedPool(url: string, size: number, logger: Logger, name: string): pg.Pool {
  const byKey = ['enable_seqscan=off', 'enable_hashjoin=off', 'enable_mergejoin=off', 'plan_cache_mode=force_generic_plan']
  return openPool(url, {
    size,
    logger,
    name,
    settings: [`role=${systemRole}`, ...byKey].map((setting) => `-c ${setting}`).join(' '),
  })
}

interface PoolOptions {
  size: number
  logger: Logger
  name: string
  /** Of each connection, where the server connects to the database itself. */
  settings: string
}

function openPool(url: string, { size, logger, name, settings }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    application_name: name,
    ...(isPooled(url) ? { Client: PooledClient } : { options: settings }),
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  })
  // an idle connection that the database drops is not a reason to stop; the next use opens another
  pool.on('error', (error) => logger.warn({ err: error }, 'an idle database connection was lost'))
  return pool
}

/**
 * Makes sure that the connections act as the server, before anything relies on it.
 * @throws when a pooler is in between that nobody told us of: it refuses what a connection is opened with, or drops it
 */
export async function assertActsAsSystem(pool: pg.Pool): Promise<void> {
  const role = await pool.query<{ role: string }>('select current_user as role').then(
    ({ rows }) => rows[0]!.role,
    (error: unknown) => {
      if (error instanceof pg.DatabaseError && error.code === '08P01') return null
      throw error
    },
  )
  if (role === systemRole) return
  throw new Error(
    'DATABASE_URL leads to a connection pooler, which keeps the server from acting under its own role. Put ?pgbouncer=true behind the address: then it takes the role on in every transaction.',
  )
}
