import type { AuthorizeRequest, Decision, Explanation, Question } from './decision.ts'
import { type CallOptions, send } from './http/call.ts'
import type { Reservation, ReservationDecision, ReserveRequest } from './reservation.ts'
import { readSettings, type TollkeeperOptions } from './settings.ts'
import type { CurrentUsage, TrackAnswer, UsageEvent } from './usage.ts'

/**
 * A connection to one Tollkeeper server, as the holder of one API key. Make one and keep it: it holds no state, and the
 * connections below it are kept open between calls. Every call throws `TollkeeperError` when the request itself is refused,
 * and `TollkeeperUnreachable` when no answer came in time.
 */
export interface Tollkeeper {
  /** May this be done now? If so, it is counted before you are answered. Repeating is safe: see `requestId`. */
  authorize(request: AuthorizeRequest, options?: CallOptions): Promise<Decision>
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
}

/** @throws TypeError when an option cannot be right */
export function createTollkeeper(options: TollkeeperOptions): Tollkeeper {
  const settings = readSettings(options)
  const post = <Answer>(path: string, body: object, callOptions?: CallOptions, requestId?: string) =>
    send<Answer>(settings, { method: 'POST', path, body: JSON.stringify(body), requestId }, callOptions)

  return {
    authorize(request, callOptions) {
      const requestId = request.requestId ?? crypto.randomUUID()
      return post('/authorize', { ...request, requestId }, callOptions, requestId)
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
      return post('/usage', { events: list.map((event) => ({ ...event, id: event.id ?? crypto.randomUUID() })) }, callOptions)
    },
    usage: (callOptions) => send(settings, { method: 'GET', path: '/usage/current' }, callOptions),
  }
}
