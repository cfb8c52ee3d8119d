import { join } from 'node:path'
import { Migrator } from '@mikro-orm/migrations'
import { MikroORM, type Options } from '@mikro-orm/postgresql'
import { entities } from './entities/index.ts'
import { giveBackLostConnections } from './give-back-lost-connections.ts'

export type Orm = Awaited<ReturnType<typeof openOrm>>

export const migrationsFolder = join(import.meta.dirname, 'migrations')

/** How every MikroORM of ours is set: the entities, the migrations beside this file, UTC, no identity shared by accident. */
export function ormOptions(url: string, extra: Partial<Options> = {}) {
  return {
    clientUrl: url,
    entities,
    extensions: [Migrator],
    allowGlobalContext: false,
    forceUtcTimezone: true,
    migrations: {
      path: migrationsFolder,
      glob: 'Migration*.ts',
      tableName: 'schema_migration',
      snapshotName: '.snapshot',
      // applying migrations must not write into the source tree; only making one does
      snapshotOnMigrate: false,
      transactional: true,
      allOrNothing: true,
      emit: 'ts',
    },
    ...extra,
  } satisfies Options
}

/**
 * Opens the ORM on a migrated database. Nothing connects until the first query.
 * @param poolSize most connections it may hold
 */
export function openOrm(url: string, { poolSize = 10 }: { poolSize?: number } = {}) {
  const driverOptions = { application_name: 'tollkeeper', onPoolCreated: giveBackLostConnections }
  return MikroORM.init(ormOptions(url, { pool: { min: 0, max: poolSize }, driverOptions }))
}
