import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const apiFolder = join(import.meta.dirname, '../../../../apps/api')

export interface Server extends AsyncDisposable {
  url: string
}

/** The server as `npm start` runs it, in a process of its own, on data of its own. */
export async function startServer(): Promise<Server> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tollkeeper-translator-'))
  // run as root, the database's own account has to reach it
  await chmod(dataDir, 0o755)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: apiFolder,
    env: {
      PATH: process.env.PATH,
      TMPDIR: tmpdir(),
      HOME: process.env.HOME,
      PORT: String(port),
      TOLLKEEPER_URL: url,
      TOLLKEEPER_DATA_DIR: dataDir,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(String(chunk)))
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    await untilReady(url, child)
  } catch (error) {
    await stop()
    throw new Error(`The server did not start:\n${said.join('')}`, { cause: error })
  }
  return { url, [Symbol.asyncDispose]: stop }
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 45_000
  for (;;) {
    const answer = await fetch(`${url}/readyz`).catch((error: unknown) => error)
    if (answer instanceof Response && answer.ok) return
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}`)
    if (Date.now() > deadline) throw new Error('It was not ready in time', { cause: answer })
    await pause(100)
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
