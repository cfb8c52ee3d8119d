import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { link, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileStats } from '../host/file-stats.ts'
import { commandLine, processState } from '../host/process-state.ts'

/** What PostgreSQL's own lock file in the cluster says of the server that wrote it; pid 0 while it is being written. */
export type PostmasterFile = { pid: number; port: number; status: string; text: string }

/** Reads `postmaster.pid`; undefined when there is none. */
export function readPostmasterFile(cluster: string): PostmasterFile | undefined {
  const text = readText(cluster)
  if (text === undefined) return undefined
  const lines = text.split('\n').map((line) => line.trim())
  // A standalone backend writes its pid negated.
  return { pid: Math.abs(Number(lines[0])) || 0, port: Number(lines[3]) || 0, status: lines[7] ?? '', text }
}

function readText(cluster: string): string | undefined {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/**
 * True when the process of the lock file runs and is a PostgreSQL of this very cluster, not a zombie nor a program that
 * was given the same pid later. Where the system does not show command lines, a running process is believed.
 */
export function isServing(cluster: string, { pid }: PostmasterFile): boolean {
  if (!processState(pid).running) return false
  const command = commandLine(pid)
  return command === undefined || (/postgres/.test(command[0] ?? '') && command.join(' ').includes(cluster))
}

/** True when a lock file without a pid is too old to be one just being written: the disk was full, or the power went. */
export async function isBlank(cluster: string, { pid }: PostmasterFile): Promise<boolean> {
  const found = pid === 0 ? await fileStats(join(cluster, 'postmaster.pid')) : undefined
  return found !== undefined && Date.now() - found.mtimeMs > 2_000
}

/**
 * Removes a lock file that `isServing` has judged dead. PostgreSQL itself would refuse to start over it when the pid is
 * a zombie's or another program's. It is taken aside first: should a new server have written its own in between, that
 * one is put back.
 */
export async function removeStalePostmasterFile(cluster: string, stale: PostmasterFile): Promise<void> {
  const path = join(cluster, 'postmaster.pid')
  const aside = `${path}.${randomBytes(4).toString('hex')}`
  try {
    await rename(path, aside)
    if ((await readFile(aside, 'utf8')) !== stale.text) await link(aside, path)
    await rm(aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
