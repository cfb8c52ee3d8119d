import type { AuthorizeRequest, Decision, Explanation, Question } from './decision.ts'
import { type CallOptions, send } from './http/call.ts'
import { type Ask, authorize } from './offline/authorize.ts'
import { Desk } from './offline/desk.ts'
import type { AuthorizeAnswer } from './offline/let-through.ts'
import type { Offline } from './offline/options.ts'
import { stateOf } from './offline/state.ts'
import { track } from './offline/track.ts'
import type { Reservation, ReservationDecision, ReserveRequest } from './reservation.ts'
import { readSettings, type TollkeeperOptions } from './settings.ts'
import type { CurrentUsage, TrackAnswer, UsageEvent } from './usage.ts'

/**
 * A connection to one Tollkeeper server, as the holder of one API key. Make one and keep it: the connections
 * below it are kept open between calls, and with `offline` it owns the queue until it is closed. Every call throws `TollkeeperError` when the request itself is refused,
 * and `TollkeeperUnreachable` when no answer came in time.
 */
export interface Tollkeeper {
  /** May this be done now? If so, it is counted before you are answered. Repeating is safe: see `requestId`. */
  authorize(request: AuthorizeRequest, options?: CallOptions): Promise<AuthorizeAnswer>
  /**
   * The same decision for work whose size is not known yet: holds the amount. Commit what was used, or release it; what is neither
   * comes back by itself after `expiresIn`.
   */
  reserve(request: ReserveRequest, options?: CallOptions): Promise<ReservationDecision>
  /** Uses `amount` of what is held, at least 1; the rest comes back. The same again is counted once. */
  commit(reservationId: string, amount: number, options?: CallOptions): Promise<Reservation>
  /** Gives back all that is held. */
  release(reservationId: string, options?: CallOptions): Promise<Reservation>
  /** The same question; nothing is counted. */
  check(question: Question, options?: CallOptions): Promise<Decision>
  /** Every step of the decision with its evidence, and the smallest change that would allow it. Nothing is counted. */
  explain(question: Question, options?: CallOptions): Promise<Explanation>
  /** Reports usage that already happened: one event, or 1 to 1,000 together. Look at `rejected` in the answer. */
  track(events: UsageEvent | readonly UsageEvent[], options?: CallOptions): Promise<TrackAnswer>
  /** Use and limit of every feature, now. */
  usage(options?: CallOptions): Promise<CurrentUsage>
  /** What happens while Tollkeeper cannot be reached; null where the client was made without `offline`. */
  readonly offline: Offline | null
  /** Gives back what is left of leases, and lets go of the queue. What waits in it is reported by the next client that opens it. */
  close(): Promise<void>
}

/** @throws TypeError when an option cannot be right */
export function createTollkeeper(options: TollkeeperOptions): Tollkeeper {
  const settings = readSettings(options)
  const post = <Answer>(path: string, body: object, callOptions?: CallOptions, requestId?: string) =>
    send<Answer>(settings, { method: 'POST', path, body: JSON.stringify(body), requestId }, callOptions)

  const ask: Ask = (request, callOptions) => post<Decision>('/authorize', request, callOptions, request.requestId)
  const report = async (events: readonly UsageEvent[], callOptions?: CallOptions): Promise<TrackAnswer> => {
    const named = events.map((event) => ({ ...event, id: event.id ?? crypto.randomUUID() }))
    return { ...(await post<Omit<TrackAnswer, 'queued'>>('/usage', { events: named }, callOptions)), queued: 0 }
  }
  const desk = options.offline ? new Desk(settings, options.offline) : null

  return {
    authorize(request, callOptions) {
      if (desk) return authorize(desk, ask, request, callOptions)
      return ask({ ...request, requestId: request.requestId ?? crypto.randomUUID() }, callOptions)
    },
    reserve(request, callOptions) {
      const requestId = request.requestId ?? crypto.randomUUID()
      return post('/reservations', { ...request, requestId }, callOptions, requestId)
    },
    commit: (reservationId, amount, callOptions) =>
      post(`/reservations/${encodeURIComponent(reservationId)}/commit`, { amount }, callOptions),
    release: (reservationId, callOptions) => post(`/reservations/${encodeURIComponent(reservationId)}/release`, {}, callOptions),
    check: (question, callOptions) => post('/check', question, callOptions),
    explain: (question, callOptions) => post('/explain', question, callOptions),
    track(events, callOptions) {
      const list = Array.isArray(events) ? (events as readonly UsageEvent[]) : [events as UsageEvent]
      return desk ? track(desk, (named) => report(named, callOptions), list) : report(list, callOptions)
    },
    usage: (callOptions) => send(settings, { method: 'GET', path: '/usage/current' }, callOptions),
    offline: desk && offlineOf(desk),
    close: async () => desk?.close(),
  }
}

function offlineOf(desk: Desk): Offline {
  return {
    ready: () => desk.opened,
    state: () => stateOf(desk),
    report: async () => {
      await desk.opened
      await desk.reporter.sendAll()
    },
    dismissRejected: (ids = [...desk.book.rejected.keys()]) => desk.journal.write({ t: 'dismissed', ids: [...ids] }),
  }
}
