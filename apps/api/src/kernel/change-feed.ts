import type { EntityManager } from '@mikro-orm/postgresql'
import { Change } from '@tollkeeper/db'
import type pg from 'pg'
import type { Logger } from './services.ts'

/** What a node may hold in memory, and what of it changed: `subject` is the id that was dropped or altered. */
export type ChangeKind = 'api_key' | 'session' | 'user' | 'tenant' | 'member' | 'entitlement' | 'catalog' | 'signing_key'

/** Writes, in the caller's transaction, that `subject` must be read again by every node. */
export function announceChange(em: EntityManager, kind: ChangeKind, subject: string): void {
  em.create(Change, { kind, subject })
}

type Listener = (subject: string) => void

/** How long a node may go on from memory without having read the feed. Half of the second in which a revocation must bite. */
const FRESH_FOR_MS = 500
const POLL_EVERY_MS = 200

/**
 * Reads what other nodes changed, five times a second. It asks by transaction id, not by row id: rows that were written early
 * and committed late are still seen (a row is read again until no older transaction is open; dropping from memory twice is harmless).
 * Works behind a transaction-pooling proxy, and needs no notification to arrive.
 */
export class ChangeFeed {
  #pool: pg.Pool
  #logger: Logger
  #listeners = new Map<ChangeKind, Listener[]>()
  #watermark = '0'
  #readAt = 0
  #reading: Promise<void> | null = null
  #timer: NodeJS.Timeout | null = null
  #closed = false

  constructor(pool: pg.Pool, logger: Logger) {
    this.#pool = pool
    this.#logger = logger
  }

  on(kind: ChangeKind, listener: Listener): void {
    this.#listeners.set(kind, [...(this.#listeners.get(kind) ?? []), listener])
  }

  /** Begins where the database is now: nothing older can be in this node's memory. */
  async start(): Promise<void> {
    const { rows } = await this.#pool.query<{ xmin: string }>('select pg_snapshot_xmin(pg_current_snapshot())::text as xmin')
    this.#watermark = rows[0]!.xmin
    this.#readAt = performance.now()
    this.#schedule()
  }

  /** False: what is in memory may be out of date, so read the database, and refuse if that fails. */
  isFresh(): boolean {
    return performance.now() - this.#readAt < FRESH_FOR_MS
  }

  /** Reads the feed now; after it, this node knows everything that was committed before the call. */
  async catchUp(): Promise<void> {
    if (this.#reading) await this.#reading.catch(() => undefined)
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null
    })
    return this.#reading
  }

  async close(): Promise<void> {
    this.#closed = true
    if (this.#timer) clearTimeout(this.#timer)
    await this.#reading?.catch(() => undefined)
  }

  #schedule(): void {
    if (this.#closed) return
    this.#timer = setTimeout(async () => {
      try {
        await this.catchUp()
      } catch (error) {
        this.#logger.warn({ err: error }, 'the change feed could not be read; memory is not trusted until it can')
      }
      this.#schedule()
    }, POLL_EVERY_MS)
  }

  async #read(): Promise<void> {
    const startedAt = performance.now()
    const { rows } = await this.#pool.query<{ kind: ChangeKind | null; subject: string | null; xmin: string }>({
      name: 'change-feed',
      text: `select c.kind, c.subject, s.xmin::text
             from (select pg_snapshot_xmin(pg_current_snapshot()) as xmin) s
             left join change c on c.transaction_id >= $1::xid8`,
      values: [this.#watermark],
    })
    for (const { kind, subject } of rows) {
      if (kind === null || subject === null) continue
      for (const listener of this.#listeners.get(kind) ?? []) listener(subject)
    }
    this.#watermark = rows[0]!.xmin
    this.#readAt = startedAt
  }
}
