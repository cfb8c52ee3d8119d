import { randomBytes } from 'node:crypto'
import { join, resolve } from 'node:path'
import { serverSettings } from '../../../scripts/commands.mjs'
import type { Cores } from '../machine/cores.ts'
import type { Stage } from './open-stage.ts'
import { type SpawnedServer, spawnServer } from './spawn-server.ts'

/** Our server as it is, on the stage's database. */
export function startTollkeeper({ databaseUrl, dataDir }: Stage, port: number, cores: Cores): Promise<SpawnedServer> {
  return spawnServer({
    name: 'tollkeeper authorize',
    file: resolve(import.meta.dirname, '../../../apps/api/src/main.ts'),
    port,
    nodeFlags: serverSettings.flags,
    environment: {
      ...serverSettings.environment,
      DATABASE_URL: databaseUrl,
      TOLLKEEPER_DATA_DIR: join(dataDir, 'server'),
      TOLLKEEPER_SECRET: randomBytes(48).toString('base64'),
    },
    readyPath: '/readyz',
    cores,
  })
}
