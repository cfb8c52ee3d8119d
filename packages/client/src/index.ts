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
export { type QueueFault, QueueUnavailable } from './errors/queue-unavailable.ts'
export { type Fault, TollkeeperError } from './errors/tollkeeper-error.ts'
export { type HeldBack, TollkeeperUnreachable } from './errors/tollkeeper-unreachable.ts'
export type { CallOptions } from './http/call.ts'
export type { RejectedUsage } from './offline/book.ts'
export type { FailurePolicy } from './offline/failure-policy.ts'
export { type LeaseClaims, type LeaseKeys, verifyLease } from './offline/lease/verify-lease.ts'
export type { AuthorizeAnswer, LetThrough } from './offline/let-through.ts'
export type { Offline, OfflineOptions, OfflineState, PassedNotice } from './offline/options.ts'
export { memoryQueue, type QueueStore } from './offline/queue-store.ts'
export type { PassedUsage } from './offline/record.ts'
export type { Report } from './offline/reporter.ts'
export type { Reservation, ReservationDecision, ReserveRequest } from './reservation.ts'
export type { TollkeeperOptions } from './settings.ts'
export type { CurrentUsage, EventFate, FeatureUsage, TrackAnswer, UsageEvent } from './usage.ts'
