import { setTimeout as sleep } from 'node:timers/promises'
import { processState } from '../embedded/host/process-state.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../embedded/index.ts'
import { dataDirOf, makeTestFolder, removeTestFolder, testSettings } from './test-folder.ts'

/** A server a test may break: its address stays the same over `kill` and `start`. */
export type DisposablePostgres = AsyncDisposable & {
  url(database?: string): string
  readonly port: number
  readonly pid: number
  /** Ends the server by SIGKILL and returns once it is gone. */
  kill(): Promise<void>
  /** Stops it in good order. */
  stop(): Promise<void>
  /** Starts it again on the same data and port, recovering what was committed. */
  start(): Promise<void>
}

/**
 * Starts a server of the test's own, in a temporary folder that goes with it.
 * Commits survive `kill` in any case.
 * @param options.durable true keeps it on a disk and forces commits there, as in production (default false, faster)
 */
export async function startDisposablePostgres(
  options: { durable?: boolean; databases?: string[]; settings?: Record<string, string> } = {},
): Promise<DisposablePostgres> {
  const folder = await makeTestFolder({ onDisk: options.durable })
  const settings = { ...testSettings, synchronous_commit: 'on', ...options.settings }
  const startOn = (port?: number) =>
    startEmbeddedPostgres({ durable: false, ...options, settings, dataDir: dataDirOf(folder), port })
  let server: EmbeddedPostgres = await startOn()
  return {
    url: (database) => server.url(database),
    port: server.port,
    get pid() {
      return server.pid
    },
    async kill() {
      process.kill(server.pid, 'SIGKILL')
      while (processState(server.pid).running) await sleep(2)
      await server.stop()
    },
    stop: () => server.stop(),
    async start() {
      server = await startOn(server.port)
    },
    async [Symbol.asyncDispose]() {
      await server.stop()
      await removeTestFolder(folder)
    },
  }
}
