import { randomUUID } from 'node:crypto'
import { closeSync, linkSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync, writeSync } from 'node:fs'
import { hostname } from 'node:os'
import { QueueUnavailable } from '../errors/queue-unavailable.ts'
import { startOf } from './process-start.ts'

interface Holder {
  token: string
  pid: number
  /** When the process began, as the system counts it; null where it does not tell. */
  start: string | null
  host: string
}

/** How often a holder shows that it is alive, and how long it may be silent before another machine takes the file. */
const SHOWS_EVERY_MS = 5_000
const SILENT_FOR_MS = 30_000

/** Paths held by this process. */
const heldHere = new Set<string>()

/**
 * Holds a file for this process alone, by a file beside it. A holder that has ended, however it did, no longer counts: on this
 * machine its process is looked for; one of another machine or container is given half a minute.
 */
export class FileLock {
  readonly #path: string
  readonly #token = randomUUID()
  #timer: ReturnType<typeof setInterval> | null = null

  constructor(path: string) {
    this.#path = path
  }

  /** @throws QueueUnavailable in_use, saying by whom */
  take(): void {
    if (heldHere.has(this.#path)) throw inUse(this.#path, 'another client in this process')
    if (!this.#create()) this.#takeOver()
    heldHere.add(this.#path)
    this.#timer = setInterval(() => this.#show(), SHOWS_EVERY_MS)
    this.#timer.unref()
  }

  /** @throws QueueUnavailable in_use where another process has taken it in the meantime */
  assertHeld(): void {
    if (readHolder(this.#path)?.token !== this.#token) throw inUse(this.#path, 'another process, which took it over')
  }

  release(): void {
    if (this.#timer === null) return
    clearInterval(this.#timer)
    this.#timer = null
    heldHere.delete(this.#path)
    if (readHolder(this.#path)?.token === this.#token) rmSync(this.#path, { force: true })
  }

  /** Whole or not at all: the file is written beside and then linked, which fails where there is one. */
  #create(): boolean {
    const holder: Holder = { token: this.#token, pid: process.pid, start: startOf(process.pid), host: hostname() }
    const own = `${this.#path}.${this.#token}`
    writeFileSync(own, JSON.stringify(holder))
    try {
      linkSync(own, this.#path)
      return true
    } catch (error) {
      if (isCode(error, 'EEXIST')) return false
      throw error
    } finally {
      rmSync(own, { force: true })
    }
  }

  /** Only one at a time may judge a holder and take its place, or two could each remove the other's. */
  #takeOver(): void {
    const judging = `${this.#path}.judging`
    const judge = openJudging(judging)
    try {
      const holder = readHolder(this.#path)
      if (holder && isAlive(holder, this.#path)) throw inUse(this.#path, `the process ${holder.pid} on ${holder.host}`)
      rmSync(this.#path, { force: true })
      if (!this.#create()) throw inUse(this.#path, 'another process')
    } finally {
      closeSync(judge)
      rmSync(judging, { force: true })
    }
  }

  #show(): void {
    const now = new Date()
    try {
      utimesSync(this.#path, now, now)
    } catch (error) {
      // gone: the next write finds out
      if (!isCode(error, 'ENOENT')) throw error
    }
  }
}

function openJudging(path: string): number {
  for (let attempt = 1; ; attempt++) {
    try {
      const file = openSync(path, 'wx')
      writeSync(file, String(process.pid))
      return file
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error
      // one that was killed while it judged; this takes microseconds
      const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0)
      if (attempt > 1 || age < SILENT_FOR_MS) throw inUse(path, 'another process that is about to take it')
      rmSync(path, { force: true })
    }
  }
}

function isAlive({ pid, start, host }: Holder, path: string): boolean {
  if (host !== hostname()) return isHeard(path)
  if (pid === process.pid) {
    // an earlier process had our number, or another thread of this one holds it
    const own = startOf(pid)
    return (start === null || own === null || start === own) && isHeard(path)
  }
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (isCode(error, 'ESRCH')) return false
    if (!isCode(error, 'EPERM')) throw error
  }
  const now = startOf(pid)
  return start === null || now === null || start === now
}

function isHeard(path: string): boolean {
  const seen = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
  return Date.now() - seen < SILENT_FOR_MS
}

function readHolder(path: string): Holder | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder
  } catch (error) {
    if (isCode(error, 'ENOENT') || error instanceof SyntaxError) return null
    throw error
  }
}

function inUse(path: string, holder: string): QueueUnavailable {
  return new QueueUnavailable(
    'in_use',
    `The queue is in use by ${holder} (${path}). One process at a time may use it: give each its own file, or wait until that one ends.`,
  )
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
