import type pg from 'pg'
import { AppError } from '../../kernel/app-error.ts'
import type { ChangeFeed } from '../../kernel/change-feed.ts'
import { FreshCache } from '../../kernel/fresh-cache.ts'
import { type KeyRecord, readKeyRecord } from './key-record.ts'

const MOST_KEYS = 200_000
const MOST_UNKNOWN = 10_000
/** How long a hash that no key has is refused without a look-up. No key can come to have it: its secret would have to be guessed. */
const UNKNOWN_FOR_MS = 5_000

/** The keys this node has seen, by the hash of their secrets, as far as the change feed vouches for them. */
export class KeyMemory {
  #records: FreshCache<KeyRecord>
  #hashes = new Map<string, string>()
  #unknown = new Map<string, number>()

  constructor(changes: ChangeFeed, pool: pg.Pool) {
    this.#records = new FreshCache({ changes, capacity: MOST_KEYS, load: (hash) => this.#read(pool, hash) })
    changes.on('api_key', (keyId) => this.#forget(keyId))
  }

  peek(hash: string): KeyRecord | undefined {
    return this.#records.peek(hash)
  }

  /** @throws AppError api_key.invalid */
  async get(hash: string): Promise<KeyRecord> {
    const refusedUntil = this.#unknown.get(hash)
    if (refusedUntil !== undefined && refusedUntil > performance.now()) throw new AppError('api_key.invalid')
    return this.#records.get(hash)
  }

  async #read(pool: pg.Pool, hash: string): Promise<KeyRecord> {
    const record = await readKeyRecord(pool, hash)
    if (!record) {
      if (this.#unknown.size >= MOST_UNKNOWN) this.#unknown.clear()
      this.#unknown.set(hash, performance.now() + UNKNOWN_FOR_MS)
      throw new AppError('api_key.invalid')
    }
    if (this.#hashes.size >= MOST_KEYS) {
      this.#hashes.clear()
      this.#records.clear()
    }
    this.#hashes.set(record.caller.keyId, hash)
    return record
  }

  /** The feed names a key by its id. A read that is under way may be of that key, so none of those is kept. */
  #forget(keyId: string): void {
    this.#records.forgetReads()
    const hash = this.#hashes.get(keyId)
    if (hash === undefined) return
    this.#hashes.delete(keyId)
    this.#records.forget(hash)
  }
}
