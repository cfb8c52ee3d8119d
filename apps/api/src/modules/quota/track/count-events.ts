import type { EventFate } from '@tollkeeper/shared'
import type { PoolClient } from 'pg'
import { textArray } from '../engine/array-literal.ts'
import type { Capped } from '../engine/cap-of.ts'
import { giveBackExpired } from '../engine/give-back-expired.ts'
import { type LockedPool, lockPools, type PoolKey } from '../engine/lock-pools.ts'
import type { PoolBalance } from '../engine/pool.ts'
import { rememberSeen, seenAmong } from '../engine/seen-resources.ts'
import { takeBackGrant } from '../engine/take-back-grant.ts'
import { type QuotaWindow, windowOf } from '../engine/window-of.ts'
import { writeConsumption } from '../engine/write-consumption.ts'
import { capsOfEvent, EventBooks } from './event-books.ts'
import { insertEvents, type Reporter } from './insert-events.ts'
import { type CountableEvent, rejected } from './judged-event.ts'
import { type AnsweredEvent, answerRequests, requestFates } from './named-requests.ts'

/**
 * Counts events in the windows they happened in, each id once, in one transaction of the caller's. Usage that happened is counted
 * even past the limit: what is granted is raised to it by an `overage` entry in the ledger, so that grants less consumption is
 * still what is left. An event that stands for an `authorize` that was counted is a duplicate of it.
 * @returns the fate of each event, in their order
 * @throws a unique violation when another request counts one of these ids at the same time: then it can be tried again
 */
export async function countEvents(client: PoolClient, events: readonly CountableEvent[], reporter: Reporter): Promise<EventFate[]> {
  const { tenantId } = reporter.tenant
  const slots = slotsOf(events, reporter)
  const pools = await lockPools(client, slots.keys, reporter.now)
  await giveBackExpired(
    client,
    pools.flatMap((pool) => (pool ? [...pool.balances, ...pool.caps.values()] : [])),
    reporter.now,
  )
  const known = await hashesOf(client, tenantId, events)
  const resources = events.flatMap((event, place) => resourceOf(event, slots.of[place]!))
  const books = new EventBooks(reporter, await seenAmong(client, resources))
  const requests = await requestFates(client, tenantId, events)
  const fates: EventFate[] = []
  const poolOf = new Map(slots.keys.map((key, index) => [key, pools[index] ?? null]))
  const fresh: CountableEvent[] = []
  const answered: AnsweredEvent[] = []
  for (const [place, event] of events.entries()) {
    const key = slots.of[place]!
    const pool = liveAt(poolOf.get(key) ?? null, key, event.at)
    const request = event.requestId === null ? undefined : requests.get(event.requestId)
    const fate = request === 'counted' && !known.has(event.id) ? duplicate(event) : fateOf(event, known.get(event.id), pool, books)
    fates.push(fate)
    if (fate.state !== 'counted' || pool === null) continue
    known.set(event.id, event.contentHash)
    books.count(event, pool, resourceOf(event, key)[0])
    fresh.push(event)
    if (event.requestId === null) continue
    if (request === undefined) answered.push({ event, window: key.window, pool })
    requests.set(event.requestId, 'counted')
  }
  if (fresh.length === 0) return fates
  await insertEvents(client, fresh, reporter)
  await writeConsumption(client, books, reporter.now)
  if (books.hasReturned) await takeBackGrant(client, [...books.changed], reporter.now)
  await rememberSeen(client, books.newResources)
  await answerRequests(client, tenantId, answered, reporter.now)
  return fates
}

type Slot = PoolKey & { until: number; caps: Capped[] }

/** The pools that events belong to, each once and as of all of its events, and the one of each event. */
function slotsOf(events: readonly CountableEvent[], { tenant: { tenantId }, callerId }: Reporter) {
  const keys: Slot[] = []
  const of = events.map((event) => {
    const { entitlement, at } = event
    const { featureKey, cadence, windows } = entitlement
    const caps = capsOfEvent(event, callerId)
    const known = keys.find((key) => key.featureKey === featureKey && key.cadence === cadence && isIn(key.window, at))
    if (known) {
      known.until = Math.max(known.until, at)
      known.at = Math.min(known.at, at)
      known.caps.push(...caps.filter(({ holder }) => known.caps.every((cap) => cap.holder !== holder)))
      return known
    }
    const window = windowOf(cadence, at, windows)
    const key = { tenantId, featureKey, cadence, ...(windows ? { windows } : {}), window, at, until: at, caps }
    keys.push(key)
    return key
  })
  return { keys, of }
}

/** What could be used when an event happened: a grant that began after it, or had ended, is no part of it. */
function liveAt(pool: LockedPool | null, { at, until }: Slot, instant: number): LockedPool | null {
  if (pool === null || at === until) return pool
  const isLive = ({ windowStart, endsAt }: PoolBalance) => Date.parse(windowStart) <= instant && instant < endsAt
  return { balances: pool.balances.filter(isLive), caps: pool.caps }
}

function isIn({ start, end }: QuotaWindow, at: number): boolean {
  return start.getTime() <= at && (end === null || at < end.getTime())
}

function resourceOf({ measure, resource, featureKey }: CountableEvent, { tenantId, window }: PoolKey) {
  if (measure.aggregation !== 'unique' || resource === null) return []
  return [{ tenantId, featureKey, windowStart: window.startText, resource }]
}

function fateOf(event: CountableEvent, knownHash: string | undefined, pool: LockedPool | null, books: EventBooks): EventFate {
  const { id, index, contentHash } = event
  if (knownHash === contentHash) return duplicate(event)
  if (knownHash !== undefined) return rejected(id, index, 'quota.event_conflict', 'id')
  if (pool === null) return rejected(id, index, 'quota.not_in_plan', 'feature')
  if (!books.canCount(event, pool)) return rejected(id, index, 'input.invalid', 'amount')
  return { id, state: 'counted', code: null, path: null }
}

function duplicate({ id }: CountableEvent): EventFate {
  return { id, state: 'duplicate', code: null, path: null }
}

async function hashesOf(client: PoolClient, tenantId: string, events: readonly CountableEvent[]): Promise<Map<string, string>> {
  const { rows } = await client.query<{ id: string; content_hash: string }>({
    name: 'known-events',
    text: 'select id, content_hash from usage_event_key where tenant_id = $1 and id = any($2::text[])',
    values: [tenantId, textArray(events.map(({ id }) => id))],
  })
  return new Map(rows.map(({ id, content_hash }) => [id, content_hash]))
}
