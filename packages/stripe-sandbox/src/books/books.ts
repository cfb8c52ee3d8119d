import { isDeepStrictEqual } from 'node:util'
import { ApiError, noSuch } from '../api/api-error.ts'
import type { Settings } from '../settings.ts'
import type { Clock } from '../time/clock.ts'
import { wants } from '../webhooks/endpoint.ts'
import { buildEvent, type EventType, type Origin, type SandboxEvent } from '../webhooks/event.ts'
import type { Store } from './store.ts'
import { nouns, type TableName, type Tables } from './tables.ts'

/** Where the pages a person opens are found. */
export interface Links {
  checkout(session: string): string
  portal(session: string): string
  invoice(invoice: string): string
}

/** The one way to read and change what the sandbox knows: every change is announced as an event, and all of a unit of work happens or none. */
export interface Books {
  readonly settings: Settings
  readonly links: Links
  /** Unix seconds on the sandbox clock. */
  now(): number
  get<K extends TableName>(table: K, id: string): Tables[K] | undefined
  all<K extends TableName>(table: K): Tables[K][]
  /** Throws Stripe's `resource_missing`; `param` names the body field the id came from. */
  find<K extends TableName>(table: K, id: string, param?: string): Tables[K]
  /** Adds a row and, where it is something Stripe speaks of, says so. */
  record<K extends TableName>(table: K, row: Tables[K], event?: EventType): Tables[K]
  /** Replaces fields of a row. An event that ends in `.updated` is only sent if something did change. */
  revise<K extends TableName>(table: K, id: string, change: Partial<Tables[K]>, event?: EventType): Tables[K]
  remove(table: TableName, id: string): void
  announce(type: EventType, object: object, previous?: Record<string, unknown>): void
  /** Runs `work` as if it were `instant` (unix seconds). */
  at<T>(instant: number, work: () => T): T
  /** Runs `work` and undoes it, for answers to "what would happen if". */
  rehearse<T>(work: () => T): T
}

export interface Ledger {
  books: Books
  /** One unit of work: commits, or undoes all of it when `work` throws (unless the refusal says its work is to be kept). */
  transact<T>(origin: Origin, work: (books: Books) => T): T
}

export interface LedgerOptions {
  store: Store
  clock: Clock
  settings: Settings
  links: Links
  /** Called after each unit of work that changed something, with what it announced, oldest first. */
  committed: (events: SandboxEvent[]) => void
}

export function openBooks({ store, clock, settings, links, committed }: LedgerOptions): Ledger {
  let origin: Origin | null = null
  let frozen: number | null = null
  let announced: SandboxEvent[] = []

  const books: Books = {
    settings,
    links,
    now: () => frozen ?? Math.floor(clock.now() / 1000),
    get: store.get,
    all: store.all,
    find(table, id, param) {
      const row = store.get(table, id)
      if (!row) throw noSuch(nouns[table], id, param)
      return row
    },
    record(table, row, event) {
      store.put(table, row)
      if (event) books.announce(event, row)
      return row
    },
    revise(table, id, change, event) {
      const before = books.find(table, id)
      const previous = changedFields(before, change)
      if (Object.keys(previous).length === 0 && (!event || event.endsWith('.updated'))) return before
      const after = { ...before, ...change }
      store.put(table, after)
      if (event) books.announce(event, after, event.endsWith('.updated') ? previous : undefined)
      return after
    },
    remove: store.remove,
    announce(type, object, previous) {
      if (!origin) throw new Error(`"${type}" was announced outside a unit of work.`)
      const endpoints = store.all('webhookEndpoints').filter((endpoint) => wants(endpoint, type)).length
      const event = buildEvent({ type, object, previous, origin, endpoints }, books.now())
      store.put('events', event)
      announced.push(event)
    },
    at(instant, work) {
      const before = frozen
      frozen = instant
      try {
        return work()
      } finally {
        frozen = before
      }
    },
    rehearse(work) {
      const mark = store.mark()
      const said = announced.length
      try {
        return work()
      } finally {
        store.undoTo(mark)
        announced.length = said
      }
    },
  }

  function commit(): void {
    const events = announced
    announced = []
    if (store.commit()) committed(events)
  }

  return {
    books,
    transact(by, work) {
      if (origin) throw new Error('A unit of work cannot begin inside another.')
      origin = by
      const mark = store.mark()
      try {
        const result = work(books)
        commit()
        return result
      } catch (error) {
        if (error instanceof ApiError && error.keepsWork) commit()
        else {
          store.undoTo(mark)
          announced = []
        }
        throw error
      } finally {
        origin = null
      }
    },
  }
}

function changedFields<Row extends object>(before: Row, change: Partial<Row>): Record<string, unknown> {
  const entries = Object.entries(before) as [keyof Row & string, unknown][]
  return Object.fromEntries(entries.filter(([key, value]) => key in change && !isDeepStrictEqual(value, change[key])))
}
