import { QueueUnavailable } from '../errors/queue-unavailable.ts'
import type { Book } from './book.ts'
import type { QueueStore } from './queue-store.ts'
import type { QueueRecord } from './record.ts'

interface Waiting {
  records: readonly QueueRecord[]
  done: () => void
  failed: (error: unknown) => void
}

/** Records that no longer matter before the store is written anew. */
const MOST_SPENT_RECORDS = 2_000
const knownRecords = new Set<QueueRecord['t']>([
  'declared',
  'passed',
  'reported',
  'rejected',
  'dismissed',
  'spent',
  'lease',
  'used',
  'ending',
  'settled',
])

/**
 * The book and its store, kept the same: a record is in the book from the moment it is durable, and never before. Records that
 * come together are written together.
 */
export class Journal {
  readonly #book: Book
  readonly #store: QueueStore
  #waiting: Waiting[] = []
  #draining: Promise<void> | null = null
  #records = 0

  constructor(book: Book, store: QueueStore) {
    this.#book = book
    this.#store = store
  }

  /** @throws QueueUnavailable */
  async open(): Promise<void> {
    const lines = await this.#store.open()
    this.#records = lines.length
    for (const [index, line] of lines.entries()) this.#book.restore(readRecord(line, index))
  }

  /** Done when the records are durable and in the book. @throws QueueUnavailable */
  write(...records: QueueRecord[]): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ records, done, failed })
      this.#draining ??= this.#drain().finally(() => {
        this.#draining = null
      })
    })
  }

  async close(): Promise<void> {
    await this.#draining
    await this.#store.close()
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting
      this.#waiting = []
      await this.#append(batch)
    }
    await this.#compact()
    // what came while the store was written anew
    if (this.#waiting.length > 0) await this.#drain()
  }

  async #append(batch: readonly Waiting[]): Promise<void> {
    const records = batch.flatMap((waiting) => waiting.records)
    try {
      await this.#store.append(records.map((record) => JSON.stringify(record)))
    } catch (error) {
      for (const { failed } of batch) failed(error)
      return
    }
    this.#records += records.length
    for (const record of records) this.#book.apply(record)
    for (const { done } of batch) done()
  }

  async #compact(): Promise<void> {
    const live = this.#book.size()
    if (this.#records - live < MOST_SPENT_RECORDS || this.#records < 2 * live) return
    const lines = this.#book.snapshot().map((record) => JSON.stringify(record))
    try {
      await this.#store.replace(lines)
      this.#records = lines.length
    } catch {
      // the store is as it was, only longer than it need be; it is tried again after as many records more
      this.#records = live
    }
  }
}

function readRecord(line: string, index: number): QueueRecord {
  let record: QueueRecord
  try {
    record = JSON.parse(line)
  } catch (cause) {
    throw new QueueUnavailable('damaged', `Line ${index + 1} of the queue cannot be read.`, { cause })
  }
  if (knownRecords.has(record?.t)) return record
  throw new QueueUnavailable(
    'damaged',
    `Line ${index + 1} of the queue was written by another version of the client; use that one.`,
  )
}
