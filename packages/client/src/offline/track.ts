import { refusedHere } from '../errors/refused-here.ts'
import type { TrackAnswer, UsageEvent } from '../usage.ts'
import type { Desk } from './desk.ts'
import { isNoAnswer } from './no-answer.ts'
import type { PassedUsage } from './record.ts'

type Named = UsageEvent & { id: string; at: string }

/**
 * Reports usage, or keeps it to be reported later: what was used already is never held back by a policy. Each event has its id
 * and its time from the start, so that it is the same event however it reaches the server.
 * @throws TollkeeperError, QueueUnavailable, or the reason of the caller's signal
 */
export async function track(
  desk: Desk,
  report: (events: readonly Named[]) => Promise<TrackAnswer>,
  events: readonly UsageEvent[],
): Promise<TrackAnswer> {
  const at = new Date(desk.clock.now()).toISOString()
  const named = events.map((event): Named => ({ ...event, id: event.id ?? crypto.randomUUID(), at: event.at ?? at }))
  await desk.firstAttempt
  if (desk.contact.away && desk.fault === null) return keep(desk, named)
  try {
    const answer = await report(named)
    desk.contact.answered()
    return answer
  } catch (error) {
    if (!isNoAnswer(error)) throw error
    desk.contact.failed(error)
    return keep(desk, named)
  }
}

async function keep(desk: Desk, events: readonly Named[]): Promise<TrackAnswer> {
  const usages = events.map(toUsage)
  desk.assertRoomFor(usages.length)
  const fresh = usages.filter(({ id }) => !desk.book.queued.has(id))
  if (fresh.length > 0) await desk.journal.write(...fresh.map((usage) => ({ t: 'passed' as const, usage })))
  const fates = events.map(({ id }) => ({ id, state: 'queued' as const, code: null, path: null }))
  return { counted: 0, duplicates: 0, rejected: 0, queued: fates.length, events: fates }
}

function toUsage({ id, feature, amount = 1, resource, member, at, properties, requestId }: Named, index: number): PassedUsage {
  const fault = (field: string, message: string) =>
    refusedHere('input.invalid', { faults: [{ path: `events.${index}.${field}`, message }] })
  if (!Number.isSafeInteger(amount) || amount < 1) throw fault('amount', 'must be a whole number above zero')
  const time = Date.parse(at)
  if (Number.isNaN(time)) throw fault('at', 'must be an instant such as 2026-12-01T00:00:00Z')
  return {
    id,
    feature,
    amount,
    ...(resource ? { resource } : {}),
    ...(member ? { member } : {}),
    at: time,
    requestId: requestId ?? null,
    asked: true,
    by: 'track',
    ...(properties ? { properties } : {}),
  }
}
