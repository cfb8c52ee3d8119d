import type { EventFate } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import { perNode } from '../../../kernel/per-node.ts'
import type { Services } from '../../../kernel/services.ts'
import { inTenantTurn } from '../engine/in-tenant-turn.ts'
import { countEvents } from './count-events.ts'
import type { Reporter } from './insert-events.ts'
import type { CountableEvent } from './judged-event.ts'

interface Call {
  events: readonly CountableEvent[]
  reporter: Reporter
  resolve(fates: EventFate[]): void
  reject(error: unknown): void
}

/** Most events of one transaction, most of one caller that may wait for it, and most of all of them. */
const MOST_EVENTS = 5_000
const MOST_WAITING = 50_000
const MOST_WAITING_OF_ALL = 100_000

interface Waiting {
  /** Calls that wait, by who reports; there is an entry while one is under way. */
  lanes: Map<string, Call[]>
  /** How many events of theirs, and of those that are being counted. */
  events: number
}

const waitingOn = perNode((): Waiting => ({ lanes: new Map(), events: 0 }))

/**
 * Counts the events of a call in one transaction with those of other calls by the same caller that came while the one before was
 * under way: they would wait for the same balances one after the other. Nobody is answered before the commit.
 * @returns the fate of each event, in their order
 * @throws AppError quota.overloaded; what a transaction throws, to each call of it: those that can be tried again may be
 */
export function countTogether(services: Services, events: readonly CountableEvent[], reporter: Reporter): Promise<EventFate[]> {
  const all = waitingOn(services)
  const name = `${reporter.tenant.tenantId} ${reporter.callerId}`
  return new Promise((resolve, reject) => {
    const call: Call = { events, reporter, resolve, reject }
    const lane = all.lanes.get(name)
    if (all.events + events.length > MOST_WAITING_OF_ALL || eventsOf(lane ?? []) + events.length > MOST_WAITING) {
      reject(new AppError('quota.overloaded', { retryAfterSeconds: 1 }))
      return
    }
    all.events += events.length
    if (lane) lane.push(call)
    else {
      all.lanes.set(name, [call])
      void countAll(services, all, name)
    }
  })
}

async function countAll(services: Services, all: Waiting, name: string): Promise<void> {
  const lane = all.lanes.get(name)!
  while (lane.length > 0) {
    const calls = takeNext(lane)
    await countNext(services, calls)
    all.events -= eventsOf(calls)
  }
  // in the same turn in which none was found waiting, so that none comes to wait for nothing
  all.lanes.delete(name)
}

function eventsOf(calls: readonly Call[]): number {
  return calls.reduce((sum, { events }) => sum + events.length, 0)
}

function takeNext(lane: Call[]): Call[] {
  let events = 0
  const fitting = lane.findIndex((call, place) => {
    events += call.events.length
    return place > 0 && events > MOST_EVENTS
  })
  return lane.splice(0, fitting < 0 ? lane.length : fitting)
}

async function countNext(services: Services, calls: readonly Call[]): Promise<void> {
  const { reporter } = calls.at(-1)!
  const events = calls.flatMap((call) => call.events)
  try {
    const fates = await inTenantTurn(services, reporter.tenant.tenantId, (client) => countEvents(client, events, reporter))
    let first = 0
    for (const call of calls) {
      call.resolve(fates.slice(first, first + call.events.length))
      first += call.events.length
    }
  } catch (error) {
    for (const call of calls) call.reject(error)
  }
}
