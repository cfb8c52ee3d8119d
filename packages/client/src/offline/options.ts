import type { RejectedUsage } from './book.ts'
import type { FailurePolicy } from './failure-policy.ts'
import type { LetThrough } from './let-through.ts'
import type { QueueStore } from './queue-store.ts'
import type { Report } from './reporter.ts'

/** Something that passed without the server. */
export interface PassedNotice extends LetThrough {
  feature: string
  amount: number
}

export interface OfflineOptions {
  /** Where usage waits until it is reported: `queueFile(path)` of `@tollkeeper/client/node`, or `memoryQueue()`. */
  queue: QueueStore
  /** Takes the place of what the catalog declares, by feature. */
  policies?: Record<string, FailurePolicy>
  /** Milliseconds to wait for the server before a policy that may let something pass is asked. Absent: 2,000. */
  patienceMs?: number
  /** Events that may wait; when there are more, nothing passes. Absent: 100,000. */
  maxQueued?: number
  /** Told after each batch of queued usage that the server answered. */
  onReport?: (report: Report) => void
  /** Told of everything that passed without the server. */
  onLetThrough?: (passed: PassedNotice) => void
}

/** How things stand while Tollkeeper cannot be reached, and after. */
export interface OfflineState {
  /** Whether the last call was answered. */
  reachable: boolean
  /** Since when it is not, ISO 8601. */
  unreachableSince: string | null
  /** Why usage cannot be kept now, so that nothing passes; null when it can. */
  fault: Error | null
  /** What waits to be reported. */
  queued: { events: number; units: Record<string, number> }
  /** What the last attempt to report ended with. */
  reportError: Error | null
  /** What the server will not count, until it is dismissed; the newest thousand. */
  rejected: RejectedUsage[]
  /** Units that passed within the cap's present window, by feature. */
  letThrough: Record<string, { units: number; cap: number; perSeconds: number }>
  /** Units taken ahead, by feature. */
  leases: Record<string, { units: number; used: number; usableUntil: string }>
  /** What the last attempt to take or to settle a lease ended with. */
  leaseError: Error | null
  /** The policy in force, by feature; empty until the server was heard once. */
  policies: Record<string, FailurePolicy>
}

/** The side of the client that works without the server. */
export interface Offline {
  /** Done when the queue is open. Needed only where you want to know at the start. @throws QueueUnavailable */
  ready(): Promise<void>
  state(): OfflineState
  /** Sends what is queued now. @throws TollkeeperError, TollkeeperUnreachable, QueueUnavailable */
  report(): Promise<void>
  /** Forgets rejected usage, all of it or that of these event ids. @throws QueueUnavailable */
  dismissRejected(ids?: readonly string[]): Promise<void>
}
