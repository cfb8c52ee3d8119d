import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../http/free-port.ts'
import { type SpawnedServer, spawnServer } from '../spawn-server.ts'

/** Server processes on one database that can be ended and held up. */
export interface Servers extends AsyncDisposable {
  ports: readonly number[]
  /** kill -9; a new process on the same port is there when this returns. */
  kill(place: number): Promise<void>
  /** SIGSTOP: it keeps its connections, and does and says nothing; then SIGCONT. */
  pause(place: number, milliseconds: number): Promise<void>
  /** Stops all in good order. @throws when one does not end well */
  stop(): Promise<void>
}

/** What is started: the server as it is, or one that only decides and starts in a fraction of the time. */
export type Program = 'server' | 'decision-node'

const files: Record<Program, string> = { server: 'src/main.ts', 'decision-node': 'src/testing/under-fire/decision-node.ts' }
const UP_WITHIN_MS = 240_000

/** @throws when one does not come up within four minutes, which a busy machine may take */
export async function startServers(program: Program, count: number, databaseUrl: string, folder: string): Promise<Servers> {
  const secret = randomBytes(48).toString('base64')
  const ports: number[] = []
  while (ports.length < count) ports.push(await freePort('127.0.0.1'))
  const start = (place: number) =>
    spawnServer(
      ports[place]!,
      {
        DATABASE_URL: databaseUrl,
        TOLLKEEPER_DATA_DIR: join(folder, `server-${place}`),
        TOLLKEEPER_SECRET: secret,
        TOLLKEEPER_LOG_LEVEL: 'silent',
        NODE_COMPILE_CACHE: join(folder, 'compiled'),
      },
      { program: files[program], withinMs: UP_WITHIN_MS },
    )
  const servers: SpawnedServer[] = [await start(0)]
  const others = await Promise.allSettled(ports.slice(1).map((_, index) => start(index + 1)))
  for (const other of others) if (other.status === 'fulfilled') servers.push(other.value)
  const killAll = async () => {
    for (const server of servers) await server.kill()
  }
  const failed = others.find((other) => other.status === 'rejected')
  if (failed) {
    await killAll()
    throw failed.reason
  }
  return {
    ports,
    async kill(place) {
      await servers[place]!.kill()
      servers[place] = await start(place)
    },
    async pause(place, milliseconds) {
      const { process: held } = servers[place]!
      held.kill('SIGSTOP')
      await sleep(milliseconds)
      held.kill('SIGCONT')
    },
    async stop() {
      const codes = await Promise.all(servers.map((server) => server.stop()))
      const bad = codes.findIndex((code) => code !== 0)
      if (bad >= 0) throw new Error(`Server ${bad} ended with ${codes[bad]}:\n${servers[bad]!.output()}`)
    },
    [Symbol.asyncDispose]: killAll,
  }
}
