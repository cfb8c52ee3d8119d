import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { medianAndRange } from '../machine/statistics.ts'
import { table } from '../machine/table.ts'
import type { BenchOptions } from '../options.ts'

const root = resolve(import.meta.dirname, '../../..')
const PORT = 4745
const READY = /Tollkeeper is ready/
const READY_WITHIN_MS = 180_000
const STOP_WITHIN_MS = 30_000

/** Seconds from `npm start` to the printed address: the first on an empty data directory, the others warm. */
export async function startSuite({ rounds }: BenchOptions): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tollkeeper-bench-start-'))
  // run as root, the database's own account has to reach it
  await chmod(dataDir, 0o755)
  try {
    const first = await startAndStop(dataDir)
    const warm: number[] = []
    for (let round = 0; round < rounds; round++) warm.push(await startAndStop(dataDir))
    console.log('\nstart: seconds from `npm start` to the printed address')
    console.log(
      table([
        ['start', 'seconds', 'goal'],
        ['with an empty data directory', first.toFixed(1), ''],
        ['warm', medianAndRange(warm, 1), '≤ 5.0'],
      ]),
    )
  } finally {
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function startAndStop(dataDir: string): Promise<number> {
  const startedAt = performance.now()
  const child = spawn('npm', ['start'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: {
      ...process.env,
      PATH: pathOfTheUser(),
      NODE_ENV: 'development',
      PORT: String(PORT),
      TOLLKEEPER_DATA_DIR: dataDir,
      DATABASE_URL: '',
    },
  })
  const endWithThis = () => process.kill(-child.pid!, 'SIGINT')
  process.once('exit', endWithThis)
  try {
    await untilReady(child)
    return (performance.now() - startedAt) / 1000
  } finally {
    process.removeListener('exit', endWithThis)
    await stopGroup(child)
  }
}

/** Without the project's own tools, which `npm start` has to find by itself. */
function pathOfTheUser(): string {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.filter((folder) => !folder.startsWith(root)).join(delimiter)
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((ready, fail) => {
    let said = ''
    const late = setTimeout(() => fail(new Error(`npm start was not ready in time:\n${said.slice(-2000)}`)), READY_WITHIN_MS)
    const listen = (chunk: Buffer) => {
      said += chunk.toString()
      if (!READY.test(said)) return
      clearTimeout(late)
      ready()
    }
    child.stdout!.on('data', listen)
    child.stderr!.on('data', listen)
    child.on('exit', (code) => {
      clearTimeout(late)
      fail(new Error(`npm start ended with ${code}:\n${said.slice(-2000)}`))
    })
  })
}

/** As Ctrl-C does: npm, the bootstrap and the server are one process group. */
async function stopGroup(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  process.kill(-child.pid!, 'SIGINT')
  await Promise.race([ended, sleep(STOP_WITHIN_MS)])
  if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, 'SIGKILL')
  await untilPortIsFree()
}

/** The server leads a group of its own and may end a moment after npm. */
async function untilPortIsFree(): Promise<void> {
  const deadline = Date.now() + STOP_WITHIN_MS
  while (Date.now() < deadline) {
    const answered = await fetch(`http://127.0.0.1:${PORT}/healthz`).then(
      () => true,
      () => false,
    )
    if (!answered) return
    await sleep(50)
  }
  throw new Error(`The server on port ${PORT} did not stop.`)
}
