import { spawn } from 'node:child_process'
import { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ClusterPlace } from '../cluster/locate-cluster.ts'
import { atExit } from '../host/at-exit.ts'
import type { PlatformBinaries } from '../host/platform-binaries.ts'
import { readPostmasterFile } from './postmaster-file.ts'
import { serverProcess } from './server-process.ts'

/** How an attempt to start the server went. `output` is the last of what it said. */
export type RunOutcome = { kind: 'ready'; pid: number } | { kind: 'ended' | 'too-slow'; how: string; output: string }

const KEPT_LINES = 40

/**
 * Starts the server and waits until it takes connections. It leads a session of its own, so a Ctrl-C in the terminal
 * reaches this program only, which then stops it in the right order. It does not keep this process alive.
 */
export async function runPostmaster(
  place: ClusterPlace,
  binaries: PlatformBinaries,
  settings: Record<string, string>,
  { log, deadline }: { log: (line: string) => void; deadline: number },
): Promise<RunOutcome> {
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(binaries.postgres, ['-D', place.cluster, ...args], {
    ...serverProcess(place),
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const forget = atExit(() => child.kill('SIGINT'))
  const lines: string[] = []
  let ended: string | undefined
  createInterface(child.stderr).on('line', (line) => {
    lines.push(line)
    if (lines.length > KEPT_LINES) lines.shift()
    log(line)
  })
  child.on('error', (error) => {
    ended = `could not be run: ${error.message}`
  })
  // 'close' comes after the last line; the server's own children may hold the pipe a little longer than the server lives.
  child.on('exit', (code, signal) => {
    setTimeout(() => {
      ended ??= `ended with ${signal ?? `code ${code}`}`
    }, 20)
  })
  child.on('close', (code, signal) => {
    ended ??= `ended with ${signal ?? `code ${code}`}`
  })
  try {
    while (!isReady(place.cluster, child.pid)) {
      if (ended !== undefined) return { kind: 'ended', how: ended, output: lines.join('\n') }
      if (Date.now() > deadline) {
        child.kill('SIGQUIT')
        return { kind: 'too-slow', how: 'was not ready in time', output: lines.join('\n') }
      }
      await sleep(10)
    }
  } finally {
    forget()
  }
  child.on('exit', (code, signal) => {
    if (code !== 0) log(`PostgreSQL (pid ${child.pid}) ended with ${signal ?? `code ${code}`}`)
  })
  child.unref()
  if (child.stderr instanceof Socket) child.stderr.unref()
  return { kind: 'ready', pid: child.pid! }
}

function isReady(cluster: string, pid: number | undefined): boolean {
  const file = readPostmasterFile(cluster)
  return file !== undefined && file.pid === pid && file.status === 'ready'
}
