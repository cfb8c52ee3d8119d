import { type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { QueueUnavailable } from '../errors/queue-unavailable.ts'
import type { QueueStore } from '../offline/queue-store.ts'
import { FileLock } from './file-lock.ts'
import { readLines, toBytes } from './lines.ts'

export interface QueueFileOptions {
  /** Who may read the file. Absent: its owner alone, as it says what was used. */
  mode?: number
}

/**
 * A queue in a file, for one process at a time. Its lines are only added; each write is on the disk before it counts, and what a
 * crash left half written is cut off. The folder is made where it is missing.
 */
export function queueFile(path: string, { mode = 0o600 }: QueueFileOptions = {}): QueueStore {
  return new QueueFile(resolve(path), mode)
}

class QueueFile implements QueueStore {
  readonly #path: string
  readonly #mode: number
  readonly #lock: FileLock
  #file: FileHandle | null = null
  /** Bytes that are whole lines, and on the disk. */
  #length = 0
  #broken: QueueUnavailable | null = null

  constructor(path: string, mode: number) {
    this.#path = path
    this.#mode = mode
    this.#lock = new FileLock(`${path}.lock`)
  }

  async open(): Promise<string[]> {
    try {
      await mkdir(dirname(this.#path), { recursive: true })
      this.#lock.take()
      const lines = await this.#read()
      this.#file = await open(this.#path, 'a', this.#mode)
      await this.#file.truncate(this.#length)
      await this.#file.sync()
      await syncFolder(this.#path)
      return lines
    } catch (error) {
      await this.close()
      throw this.#asFault(error, 'opened')
    }
  }

  async append(lines: readonly string[]): Promise<void> {
    const file = this.#openFile()
    const bytes = toBytes(lines)
    try {
      await file.appendFile(bytes)
      await file.datasync()
      this.#length += bytes.length
    } catch (error) {
      await this.#cutOff(file)
      throw this.#asFault(error, 'written')
    }
  }

  async replace(lines: readonly string[]): Promise<void> {
    const before = this.#openFile()
    const next = `${this.#path}.new`
    const bytes = toBytes(lines)
    let file: FileHandle | null = null
    try {
      await rm(next, { force: true })
      file = await open(next, 'a', this.#mode)
      await file.appendFile(bytes)
      await file.sync()
      await rename(next, this.#path)
    } catch (error) {
      await file?.close()
      await rm(next, { force: true })
      throw this.#asFault(error, 'written')
    }
    this.#file = file
    this.#length = bytes.length
    try {
      await before.close()
      await syncFolder(this.#path)
    } catch (error) {
      // after a crash the file of before might be there again, without what is added from here on
      this.#broken = this.#asFault(error, 'put right')
      throw this.#broken
    }
  }

  async close(): Promise<void> {
    await this.#file?.close()
    this.#file = null
    this.#lock.release()
  }

  async #read(): Promise<string[]> {
    await rm(`${this.#path}.new`, { force: true })
    const { lines, length, damagedAt } = readLines(await readIfThere(this.#path))
    if (damagedAt !== null)
      throw new QueueUnavailable(
        'damaged',
        `Line ${damagedAt + 1} of the queue ${this.#path} is not as it was written. Keep a copy and look at it; without that line the rest can be read.`,
      )
    this.#length = length
    return lines
  }

  /** What stood in the file until now stays the whole of it. */
  async #cutOff(file: FileHandle): Promise<void> {
    try {
      await file.truncate(this.#length)
      await file.datasync()
    } catch (error) {
      // what is half written would be taken for usage that passed
      this.#broken = this.#asFault(error, 'put right')
    }
  }

  #openFile(): FileHandle {
    if (this.#broken) throw this.#broken
    if (this.#file === null) throw new QueueUnavailable('closed', `The queue ${this.#path} is not open.`)
    this.#lock.assertHeld()
    return this.#file
  }

  #asFault(error: unknown, what: 'opened' | 'written' | 'put right'): QueueUnavailable {
    if (error instanceof QueueUnavailable) return error
    const reason = error instanceof Error ? error.message : String(error)
    const next = what === 'put right' ? 'Start the program again.' : 'Make room or give access; then it goes on by itself.'
    return new QueueUnavailable(
      'unwritable',
      `The queue ${this.#path} cannot be ${what}, so nothing passes without the server: ${reason}. ${next}`,
      { cause: error },
    )
  }
}

async function readIfThere(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
}

/** Makes a new name outlive a crash as well. Not every system lets a folder be opened. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r').catch((error) => {
    if (error.code === 'EISDIR' || error.code === 'EPERM' || error.code === 'EACCES') return null
    throw error
  })
  try {
    await folder?.sync()
  } finally {
    await folder?.close()
  }
}
