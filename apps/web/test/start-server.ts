import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const main = resolve(import.meta.dirname, '../../api/src/main.ts')
const readyWithinMs = 240_000

export interface ServerUnderTest extends AsyncDisposable {
  url: string
}

/**
 * Starts the real server as its own process, on a data folder and a database of its own, and waits until it is ready.
 * @param host what browsers call this machine: a name where passkeys are wanted, which know no IP addresses
 */
export async function startServer(environment: Record<string, string> = {}, host = '127.0.0.1'): Promise<ServerUnderTest> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tollkeeper-web-'))
  // run as root, the database's own account has to reach it
  await chmod(dataDir, 0o755)
  const port = await freePort()
  const url = `http://${host}:${port}`
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      ...environment,
      DATABASE_URL: '',
      NODE_ENV: 'development',
      PORT: String(port),
      TOLLKEEPER_DATA_DIR: dataDir,
      TOLLKEEPER_URL: url,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.on('data', (text: Buffer) => (said += text))
  child.stderr.on('data', (text: Buffer) => (said += text))
  const stop = async () => {
    await stopProcess(child)
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    await untilReady(url, child)
  } catch (error) {
    await stop()
    throw new Error(`The server did not come up. It said:\n${said}`, { cause: error })
  }
  return { url, [Symbol.asyncDispose]: stop }
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + readyWithinMs
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`It ended with code ${child.exitCode}.`)
    const answer = await fetch(`${url}/readyz`).catch(() => null)
    if (answer?.ok) return
    await new Promise((passed) => setTimeout(passed, 150))
  }
  throw new Error('It was not ready in time.')
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

/** A port nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  if (address === null || typeof address === 'string') throw new Error('No free port was found.')
  return address.port
}
