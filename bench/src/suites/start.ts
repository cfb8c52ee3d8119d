import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { medianAndRange } from '../machine/statistics.ts'
import { table } from '../machine/table.ts'
import type { BenchOptions } from '../options.ts'

const root = resolve(import.meta.dirname, '../../..')
const PORT = 4745
const READY = /Tollkeeper is ready/

/** Seconds from `npm start` to the printed address: the first on an empty data directory, the others warm. */
export async function startSuite({ rounds }: BenchOptions): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tollkeeper-bench-start-'))
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
    env: { ...process.env, NODE_ENV: 'development', PORT: String(PORT), TOLLKEEPER_DATA_DIR: dataDir, DATABASE_URL: '' },
  })
  try {
    await untilReady(child)
    return (performance.now() - startedAt) / 1000
  } finally {
    await stopGroup(child)
  }
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((ready, fail) => {
    let said = ''
    const listen = (chunk: Buffer) => {
      said += chunk.toString()
      if (READY.test(said)) ready()
    }
    child.stdout!.on('data', listen)
    child.stderr!.on('data', listen)
    child.on('exit', (code) => fail(new Error(`npm start ended with ${code}:\n${said.slice(-2000)}`)))
  })
}

/** As Ctrl-C does: npm, the bootstrap and the server are one process group. */
async function stopGroup(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  process.kill(-child.pid!, 'SIGINT')
  await ended
}
