import type { EventFate } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import { perNode } from '../../../kernel/per-node.ts'
import type { Services } from '../../../kernel/services.ts'
import { inOneTransaction } from '../engine/in-one-transaction.ts'
import { countEvents } from './count-events.ts'
import type { Reporter } from './insert-events.ts'
import type { CountableEvent } from './judged-event.ts'

interface Call {
  events: readonly CountableEvent[]
  reporter: Reporter
  resolve(fates: EventFate[]): void
  reject(error: unknown): void
}

/** Most events of one transaction, and most of one caller that may wait for it. */
const MOST_EVENTS = 5_000
const MOST_WAITING = 50_000

/** Calls that wait, by who reports; there is an entry while one is under way. */
const waitingOn = perNode(() => new Map<string, Call[]>())

/**
 * Counts the events of a call in one transaction with those of other calls by the same caller that came while the one before was
 * under way: they would wait for the same balances one after the other. Nobody is answered before the commit.
 * @returns the fate of each event, in their order
 * @throws AppError quota.overloaded; what a transaction throws, to each call of it: those that can be tried again may be
 */
export function countTogether(services: Services, events: readonly CountableEvent[], reporter: Reporter): Promise<EventFate[]> {
  const lanes = waitingOn(services)
  const name = `${reporter.tenant.tenantId} ${reporter.callerId}`
  return new Promise((resolve, reject) => {
    const call: Call = { events, reporter, resolve, reject }
    const waiting = lanes.get(name)
    if (!waiting) {
      lanes.set(name, [call])
      void countAll(services, lanes, name)
    } else if (eventsOf(waiting) + events.length > MOST_WAITING) reject(new AppError('quota.overloaded', { retryAfterSeconds: 1 }))
    else waiting.push(call)
  })
}

async function countAll(services: Services, lanes: Map<string, Call[]>, name: string): Promise<void> {
  const waiting = lanes.get(name)!
  while (waiting.length > 0) await countNext(services, takeNext(waiting))
  // in the same turn in which none was found waiting, so that none comes to wait for nothing
  lanes.delete(name)
}

function eventsOf(calls: readonly Call[]): number {
  return calls.reduce((sum, { events }) => sum + events.length, 0)
}

function takeNext(waiting: Call[]): Call[] {
  let events = 0
  const fitting = waiting.findIndex((call, place) => {
    events += call.events.length
    return place > 0 && events > MOST_EVENTS
  })
  return waiting.splice(0, fitting < 0 ? waiting.length : fitting)
}

async function countNext({ keyedPool }: Services, calls: readonly Call[]): Promise<void> {
  const { reporter } = calls.at(-1)!
  const events = calls.flatMap((call) => call.events)
  try {
    const fates = await inOneTransaction(keyedPool, (client) => countEvents(client, events, reporter))
    let first = 0
    for (const call of calls) {
      call.resolve(fates.slice(first, first + call.events.length))
      first += call.events.length
    }
  } catch (error) {
    for (const call of calls) call.reject(error)
  }
}
