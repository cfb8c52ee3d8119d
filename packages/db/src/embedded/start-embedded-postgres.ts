import { initialiseCluster } from './cluster/initialise-cluster.ts'
import { locateCluster } from './cluster/locate-cluster.ts'
import { explained } from './cluster/remedy.ts'
import { atExit } from './host/at-exit.ts'
import { platformBinaries } from './host/platform-binaries.ts'
import { runnableBinaries } from './host/runnable-binaries.ts'
import { databaseUrl } from './server/connection.ts'
import { ensureDatabases } from './server/ensure-databases.ts'
import { holdServer } from './server/holders.ts'
import { type ObtainedServer, obtainServer } from './server/obtain-server.ts'
import { keepPort } from './server/server-port.ts'
import type { ServerRequest } from './server/server-request.ts'
import { signalPostmaster, stopPostmaster } from './server/stop-postmaster.ts'

export type EmbeddedPostgresOptions = {
  /** The folder that keeps the database, its port and its password. Made when missing. */
  dataDir: string
  /** Fixed port on 127.0.0.1; without it a free one is found and kept for the next start. */
  port?: number
  /** False gives up the promise that a commit survives a power cut, for speed. Only for tests. Default true. */
  durable?: boolean
  /** Receives the server's log, line by line. An adopted server's log went with its first parent. */
  log?: (line: string) => void
  /** Databases that are created when they are missing. */
  databases?: string[]
  /** More server settings, as in postgresql.conf. A server that is adopted keeps those it was started with. */
  settings?: Record<string, string>
  /** How long starting may take, crash recovery included. Default 60,000. */
  startTimeoutMs?: number
}

export type EmbeddedPostgres = AsyncDisposable & {
  /** Address of a database (default `postgres`) for the superuser, password included. */
  url(database?: string): string
  readonly port: number
  readonly pid: number
  /** True when the server was running already: left by a killed process, or shared with a living one. */
  readonly adopted: boolean
  /** Ends this use. The server stops with its last user; what then is in flight is rolled back. */
  stop(): Promise<void>
}

/**
 * Starts the PostgreSQL that came with the dependencies, or adopts the one already running on that folder.
 * @throws EmbeddedPostgresError saying what is wrong and what to do
 */
export function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  return start(options).catch((error: unknown) => {
    throw explained(error, options.dataDir)
  })
}

async function start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { durable = true, log = () => undefined, settings = {}, startTimeoutMs = 60_000, port } = options
  const place = await locateCluster(options.dataDir)
  const binaries = await runnableBinaries(platformBinaries(), place.user)
  const password = await initialiseCluster(place, binaries, durable)
  const holder = holdServer(place.home)
  const request = { place, binaries, password, holder, durable, port, settings, log, startTimeoutMs }
  const server = await obtainServer(request).catch((error: unknown) => {
    holder.release()
    throw error
  })
  const embedded = handleFor(request, server)
  try {
    await keepPort(place.home, server.port)
    await ensureDatabases(password, server.port, options.databases ?? [])
  } catch (error) {
    await embedded.stop()
    throw error
  }
  return embedded
}

function handleFor({ place, binaries, password, holder }: ServerRequest, { pid, port, adopted }: ObtainedServer): EmbeddedPostgres {
  const forget = atExit(() => {
    holder.release()
    if (holder.isAlone()) signalPostmaster(place.cluster, pid, binaries, 'fast')
  })
  const leave = async () => {
    forget()
    holder.release()
    if (holder.isAlone()) await stopPostmaster(place.cluster, pid, binaries)
  }
  let left: Promise<void> | undefined
  const stop = () => {
    left ??= leave()
    return left
  }
  return { url: (database) => databaseUrl(password, port, database), port, pid, adopted, stop, [Symbol.asyncDispose]: stop }
}
