import { spawn } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export interface RealServer extends AsyncDisposable {
  url: string
  operator: { email: string; password: string }
  /** Stops it in good order; what it kept stays until it is disposed of. */
  stop(): Promise<void>
  /** Starts it again on the same port and data. */
  restart(): Promise<void>
}

const operator = { email: 'operator@example.com', password: 'lift the bar for those who may' }

/** The real server as a process of its own, with a database of its own; `environment` is beside what every test gives it. */
export async function startServer(environment: Record<string, string> = {}): Promise<RealServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tollkeeper-console-server-'))
  // run by root, the database drops to another user, who must reach its files here: they would be left elsewhere otherwise
  await chmod(dataDir, 0o755)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let stop = await run(port, dataDir, url, environment)
  return {
    url,
    operator,
    stop: () => stop(),
    restart: async () => {
      stop = await run(port, dataDir, url, environment)
    },
    [Symbol.asyncDispose]: async () => {
      await stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function run(port: number, dataDir: string, url: string, environment: Record<string, string>): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: resolve(import.meta.dirname, '../../../api'),
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TMPDIR: process.env.TMPDIR,
      NODE_ENV: 'development',
      PORT: String(port),
      TOLLKEEPER_DATA_DIR: dataDir,
      TOLLKEEPER_OPERATOR_EMAIL: operator.email,
      TOLLKEEPER_OPERATOR_PASSWORD: operator.password,
      TOLLKEEPER_LOG_LEVEL: 'warn',
      // lets a test speak from many addresses, so that the brakes of one are not in its way
      TOLLKEEPER_TRUSTED_PROXIES: '127.0.0.1',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk
    })
  }
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  const deadline = Date.now() + 120_000
  while (!(await isReady(url))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL')
      throw new Error(`The server did not start. It said:\n${said}`)
    }
    await new Promise((later) => setTimeout(later, 100))
  }
  return async () => {
    if (child.exitCode === null) child.kill('SIGTERM')
    await ended
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok
  } catch {
    return false
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  await new Promise((closed) => server.close(closed))
  if (address === null || typeof address === 'string') throw new Error('There is no free port.')
  return address.port
}
