import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface SpawnedServer {
  url: string
  process: ChildProcess
  /** What it printed so far. */
  output(): string
  /** Ends it as a crash would, and waits until it is gone. */
  kill(): Promise<void>
  /** @returns the exit code */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/**
 * Starts the server as people start it, in a process of its own.
 * @param port a free one
 * @param program another program that answers `/readyz`, in its place
 * @throws with what it printed when it does not come up within 20 s
 */
export async function spawnServer(
  port: number,
  environment: Record<string, string>,
  { program = 'src/main.ts', withinMs = 60_000 }: { program?: string; withinMs?: number } = {},
): Promise<SpawnedServer> {
  const child = spawn(process.execPath, [program], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, NODE_ENV: 'development', ...environment, PORT: environment.PORT ?? String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
  }
  const url = `http://127.0.0.1:${port}`
  const server: SpawnedServer = {
    url,
    process: child,
    output: () => text,
    kill: async () => {
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode !== null) return child.exitCode
      child.kill(signal)
      const [code] = await once(child, 'exit')
      return code as number | null
    },
  }
  const deadline = Date.now() + withinMs
  while (Date.now() < deadline && child.exitCode === null) {
    if (await isReady(url)) return server
    await sleep(50)
  }
  await server.kill()
  throw new Error(`The server did not come up:\n${text}`)
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok
  } catch {
    return false
  }
}
