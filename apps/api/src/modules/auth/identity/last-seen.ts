import type pg from 'pg'
import type { Clock } from '../../../kernel/clock.ts'
import type { Logger } from '../../../kernel/services.ts'

const WRITE_EVERY_MS = 300_000
const MOST_ENTRIES = 20_000

/** Writes down when a session was last used, behind the answers, at most every five minutes for each. */
export class LastSeen {
  #pool: pg.Pool
  #clock: Clock
  #logger: Logger
  #noted = new Map<string, number>()
  #writing = new Set<Promise<void>>()

  constructor(pool: pg.Pool, { clock, logger }: { clock: Clock; logger: Logger }) {
    this.#pool = pool
    this.#clock = clock
    this.#logger = logger
  }

  note(sessionId: string): void {
    const now = this.#clock.now().getTime()
    const before = this.#noted.get(sessionId)
    if (before !== undefined && now - before < WRITE_EVERY_MS) return
    if (this.#noted.size >= MOST_ENTRIES) this.#noted.clear()
    this.#noted.set(sessionId, now)
    const writing = this.#write(sessionId, new Date(now)).finally(() => this.#writing.delete(writing))
    this.#writing.add(writing)
  }

  /** What is under way is finished first. */
  async close(): Promise<void> {
    await Promise.all(this.#writing)
  }

  async #write(sessionId: string, now: Date): Promise<void> {
    try {
      await this.#pool.query('update session set updated_at = $2 where id = $1 and updated_at < $3', [
        sessionId,
        now,
        new Date(now.getTime() - WRITE_EVERY_MS + 1000),
      ])
    } catch (error) {
      this.#logger.warn({ err: error, sessionId }, 'the last use of a session could not be written down')
    }
  }
}
