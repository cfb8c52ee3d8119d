import { join } from 'node:path'
import { ensureServerLogin } from '@tollkeeper/db'
import { startEmbeddedPostgres } from '@tollkeeper/db/embedded'
import type { Config } from './config/config.ts'
import type { Logger } from './kernel/services.ts'

/**
 * The address of the database: of the one that is configured, or of the embedded one, which is started, or shared with a process that
 * uses it already.
 */
export async function openDatabase(config: Config, logger: Logger, started: AsyncDisposableStack): Promise<string> {
  if (config.database.url) return config.database.url
  const postgres = await startEmbeddedPostgres({
    dataDir: join(config.dataDir, 'postgres'),
    databases: ['tollkeeper'],
    log: (line) => logger.debug({ postgres: line }, 'embedded database'),
  })
  started.defer(() => postgres.stop())
  return ensureServerLogin(postgres.url('tollkeeper'))
}
