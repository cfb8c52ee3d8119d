import { join } from 'node:path'
import { FEATURES } from '../../../../apps/api/src/testing/under-fire/open-balances.ts'
import { UNIQUE } from '../../load/load-report.ts'
import type { Generator } from '../../load/start-generator.ts'
import type { Cores } from '../../machine/cores.ts'
import type { BenchOptions } from '../../options.ts'
import type { Stage } from '../../stage/open-stage.ts'
import { type SpawnedServer, spawnServer } from '../../stage/spawn-server.ts'
import type { Order } from './measure.ts'

/** What every row of the table is measured with. */
export interface Play {
  stage: Stage
  generator: Generator
  cores: Cores
  options: BenchOptions
  /** Our server, and a bare one that reads JSON and writes it. */
  ours: SpawnedServer
  bare: SpawnedServer
}

const servers = join(import.meta.dirname, '../../servers')

/** Starts a program of `servers/` on the measured core. */
export function startPeer(
  { stage, cores }: Pick<Play, 'stage' | 'cores'>,
  name: string,
  file: string,
  port: number,
): Promise<SpawnedServer> {
  return spawnServer({
    name,
    file: join(servers, file),
    port,
    environment: { DATABASE_URL: stage.databaseUrl, ADMIN_URL: stage.adminUrl },
    readyPath: '/healthz',
    cores,
  })
}

/** `authorize` of one unit over REST by the hot tenant: with an id of its own each time, or of a feature that nodes take ahead of. */
export function authorizeOrder(
  { stage, options }: Pick<Play, 'stage' | 'options'>,
  { named = false, leased = false }: { named?: boolean; leased?: boolean } = {},
): Order {
  const feature = leased ? FEATURES.leased : FEATURES.durable
  return {
    path: '/api/v1/authorize',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${stage.secret}` },
    body: JSON.stringify({ feature, amount: 1, ...(named ? { requestId: UNIQUE } : {}) }),
    connections: options.connections,
    seconds: options.seconds,
  }
}
