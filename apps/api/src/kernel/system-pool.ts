import { systemRole } from '@tollkeeper/db'
import pg from 'pg'
import type { Logger } from './services.ts'

/**
 * Connections that act as the server itself. The role is taken on when a connection opens, so no statement of it can run as
 * the owner of the tables.
 */
export function createSystemPool(url: string, size: number, logger: Logger, name = 'tollkeeper system'): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    application_name: name,
    options: `-c role=${systemRole}`,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  })
  // an idle connection that the database drops is not a reason to stop; the next use opens another
  pool.on('error', (error) => logger.warn({ err: error }, 'an idle database connection was lost'))
  return pool
}
