export { createTollkeeper, type Tollkeeper } from './create-tollkeeper.ts'
export type {
  AuthorizeRequest,
  Decision,
  DecisionCode,
  DecisionStep,
  ExplainedStep,
  Explanation,
  Question,
  Remedy,
} from './decision.ts'
export { type Fault, TollkeeperError } from './errors/tollkeeper-error.ts'
export { TollkeeperUnreachable } from './errors/tollkeeper-unreachable.ts'
export type { CallOptions } from './http/call.ts'
export type { Reservation, ReservationDecision, ReserveRequest } from './reservation.ts'
export type { TollkeeperOptions } from './settings.ts'
export type { CurrentUsage, EventFate, FeatureUsage, TrackAnswer, UsageEvent } from './usage.ts'
