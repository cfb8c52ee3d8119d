import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { ChangeFeed } from './change-feed.ts'
import { isPooled } from './pooled-client.ts'
import type { Logger } from './services.ts'

const CHANNEL = 'tollkeeper_change'
/** However fast changes come, the feed is not read more often for them. */
const BETWEEN_READS_MS = 20
const RECONNECT_MS = 1_000

/**
 * Has the feed read as soon as another node's change is committed, by PostgreSQL's notifications. A shortcut and nothing more: a
 * notification says only that there is something to read, and one that is lost, with its connection or otherwise, is made up for by
 * the feed's own next reading. Behind a pooler in transaction mode nothing can be listened to, and the feed reads by itself.
 */
export class ChangeNotifications {
  #url: string
  #changes: Pick<ChangeFeed, 'catchUp'>
  #logger: Logger
  #closing = new AbortController()
  #listening: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | null = null
  #readAt = 0

  constructor(url: string, changes: Pick<ChangeFeed, 'catchUp'>, logger: Logger) {
    this.#url = url
    this.#changes = changes
    this.#logger = logger
  }

  /** Listens from now on until it is closed: a connection that is lost is opened again. */
  start(): void {
    if (!isPooled(this.#url)) this.#listening = this.#listenOn()
  }

  async close(): Promise<void> {
    this.#closing.abort()
    if (this.#timer) clearTimeout(this.#timer)
    await this.#listening
  }

  async #listenOn(): Promise<void> {
    const { signal } = this.#closing
    let isKnown = false
    while (!signal.aborted) {
      try {
        await this.#listen(() => {
          isKnown = false
        })
      } catch (error) {
        if (!signal.aborted && !isKnown)
          this.#logger.warn(
            { err: error },
            'no notifications of changes are heard; until they are, the change feed is read by itself',
          )
        isKnown = true
      }
      await sleep(RECONNECT_MS, null, { signal }).catch(() => undefined)
    }
  }

  /** Returns when this is closed. @throws when the connection cannot be opened, or is lost */
  async #listen(opened: () => void): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: 'tollkeeper notifications',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    })
    const lost = once(client, 'end').then(() => {
      throw new Error('The connection ended.')
    })
    // also an error that comes when nobody waits for it any more
    lost.catch(() => undefined)
    client.on('error', () => undefined)
    client.on('notification', () => this.#readSoon())
    try {
      await client.connect()
      await client.query(`listen ${CHANNEL}`)
      opened()
      // what was announced while nobody listened
      this.#readSoon()
      await Promise.race([lost, closed(this.#closing.signal)])
    } finally {
      await client.end()
    }
  }

  #readSoon(): void {
    if (this.#timer || this.#closing.signal.aborted) return
    const wait = Math.max(0, this.#readAt + BETWEEN_READS_MS - performance.now())
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.#readAt = performance.now()
      this.#changes.catchUp().catch((error: unknown) => {
        this.#logger.warn({ err: error }, 'the change feed could not be read after a notification; it is read again by itself')
      })
    }, wait)
  }
}

async function closed(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort')
}
