import { spawnSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { EmbeddedPostgresError } from '../embedded-postgres-error.ts'
import type { PlatformBinaries } from '../host/platform-binaries.ts'
import { isTagAlive, processTag } from '../host/process-tag.ts'
import { isServing, readPostmasterFile } from './postmaster-file.ts'

/** `fast` ends sessions and writes everything down; `immediate` leaves the writing to the recovery at the next start. */
export type StopMode = 'fast' | 'immediate'

/** Tells the cluster's server to stop, if that pid still is its server, and returns at once: an 'exit' handler may call it. */
export function signalPostmaster(cluster: string, pid: number, binaries: PlatformBinaries, mode: StopMode): void {
  if (!isServer(cluster, pid)) return
  if (process.platform === 'win32') {
    spawnSync(binaries.pgCtl, ['stop', '-D', cluster, '-m', mode, '-W'], { windowsHide: true })
    return
  }
  try {
    process.kill(pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/**
 * Stops the server and waits until it is gone: fast first, immediately when that takes longer than `patienceMs`.
 * @throws EmbeddedPostgresError when it outlives both
 */
export async function stopPostmaster(cluster: string, pid: number, binaries: PlatformBinaries, patienceMs = 10_000): Promise<void> {
  if (!isServer(cluster, pid)) return
  // An ending process forgets its command line before its files and port, so from here on only its being counts.
  const tag = processTag(pid)
  for (const mode of ['fast', 'immediate'] as const) {
    signalPostmaster(cluster, pid, binaries, mode)
    const deadline = Date.now() + patienceMs
    while (Date.now() < deadline) {
      if (!isTagAlive(tag)) return
      await sleep(5)
    }
  }
  throw new EmbeddedPostgresError(
    `PostgreSQL (pid ${pid}) did not stop, not even at once. End that process yourself; the data in ${cluster} is safe.`,
  )
}

function isServer(cluster: string, pid: number): boolean {
  const file = readPostmasterFile(cluster)
  return isServing(cluster, file?.pid === pid ? file : { pid, port: 0, status: '', text: '' })
}
