import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Cores } from '../machine/cores.ts'

export interface SpawnedServer extends AsyncDisposable {
  name: string
  port: number
  pid: number
}

interface ServerOrder {
  name: string
  /** A TypeScript file that Node runs. */
  file: string
  port: number
  nodeFlags?: string[]
  environment?: Record<string, string>
  /** A path that answers once the server is ready. */
  readyPath: string
  cores: Cores
}

const READY_WITHIN_MS = 60_000

/** Starts a server on the measured core and waits until it answers. @throws when it ends, or does not answer in a minute */
export async function spawnServer({
  name,
  file,
  port,
  nodeFlags = [],
  environment = {},
  readyPath,
  cores,
}: ServerOrder): Promise<SpawnedServer> {
  const [command, args] = cores.onMeasuredCore(process.execPath, [...nodeFlags, file])
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, NODE_ENV: 'development', TOLLKEEPER_LOG_LEVEL: 'error', PORT: String(port), ...environment },
  })
  let said = ''
  child.stderr!.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4_000)
  })
  const endWithThis = () => child.kill('SIGTERM')
  process.once('exit', endWithThis)
  const stop = async () => {
    process.removeListener('exit', endWithThis)
    await stopChild(child)
  }
  try {
    await untilReady(child, name, `http://127.0.0.1:${port}${readyPath}`)
  } catch (error) {
    await stop()
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${said}`, { cause: error })
  }
  return { name, port, pid: child.pid!, [Symbol.asyncDispose]: stop }
}

async function untilReady(child: ChildProcess, name: string, url: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS
  while (child.exitCode === null && Date.now() < deadline) {
    if (await answers(url)) return
    await sleep(50)
  }
  throw new Error(child.exitCode === null ? `${name} did not answer within a minute.` : `${name} ended with ${child.exitCode}.`)
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

/** Asks a process to stop, and ends it when it does not within ten seconds. */
async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const hurry = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await ended
  clearTimeout(hurry)
}
