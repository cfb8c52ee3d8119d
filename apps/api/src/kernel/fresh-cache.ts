import type { ChangeFeed, ChangeKind } from './change-feed.ts'

interface FreshCacheOptions<Value> {
  changes: ChangeFeed
  /** Most entries to keep; the one that was stored longest ago goes first. */
  capacity: number
  load(key: string): Promise<Value>
}

/**
 * What this node remembers of the database, for as long as the change feed vouches for it. A read that began before a change
 * and ended after it is answered but not kept. When the feed cannot be read, every question goes to the database.
 */
export class FreshCache<Value> {
  #changes: ChangeFeed
  #capacity: number
  #load: (key: string) => Promise<Value>
  #entries = new Map<string, Value>()
  #loading = new Map<string, Promise<Value>>()

  constructor({ changes, capacity, load }: FreshCacheOptions<Value>) {
    this.#changes = changes
    this.#capacity = capacity
    this.#load = load
  }

  /** Forgets an entry when the feed names it, under `keyOf` of the subject; null forgets everything. */
  forgetOn(kind: ChangeKind, keyOf: (subject: string) => string | null = (subject) => subject): this {
    this.#changes.on(kind, (subject) => {
      const key = keyOf(subject)
      if (key === null) this.clear()
      else this.forget(key)
    })
    return this
  }

  /** What is remembered, if it may be trusted now. */
  peek(key: string): Value | undefined {
    return this.#changes.isFresh() ? this.#entries.get(key) : undefined
  }

  async get(key: string): Promise<Value> {
    const remembered = this.peek(key)
    if (remembered !== undefined) return remembered
    const underWay = this.#loading.get(key)
    if (underWay) return underWay
    const loading = this.#load(key)
    this.#loading.set(key, loading)
    try {
      const value = await loading
      if (this.#loading.get(key) === loading) this.#keep(key, value)
      return value
    } finally {
      if (this.#loading.get(key) === loading) this.#loading.delete(key)
    }
  }

  forget(key: string): void {
    this.#entries.delete(key)
    this.#loading.delete(key)
  }

  /** Keeps nothing of the reads that are under way: one of them may be of what has just changed. */
  forgetReads(): void {
    this.#loading.clear()
  }

  clear(): void {
    this.#entries.clear()
    this.#loading.clear()
  }

  #keep(key: string, value: Value): void {
    if (this.#entries.size >= this.#capacity) {
      const oldest = this.#entries.keys().next()
      if (!oldest.done) this.#entries.delete(oldest.value)
    }
    this.#entries.set(key, value)
  }
}
