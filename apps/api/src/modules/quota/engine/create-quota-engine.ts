import type { Pool } from 'pg'
import { AppError } from '../../../kernel/app-error.ts'
import type { ChangeFeed } from '../../../kernel/change-feed.ts'
import type { Clock } from '../../../kernel/clock.ts'
import type { ConsumeOutcome, ConsumeRequest, QuotaEngine } from '../../../kernel/ports/quota-engine.ts'
import type { Logger } from '../../../kernel/services.ts'
import { capsOf } from './cap-of.ts'
import { DecisionLog } from './decision-log.ts'
import { DenialMemory } from './denial-memory.ts'
import { Lane, type LaneLimits } from './lane.ts'
import { LeaseBook } from './lease/lease-book.ts'
import { deniedOutcome } from './outcome.ts'
import { readBalances } from './read-balances.ts'
import { readRoom } from './read-room.ts'
import { isPlain, type Waiter } from './waiter.ts'
import { PresentWindows, type QuotaWindow } from './window-of.ts'

export interface EngineParts {
  /** Its connections act under the system role. */
  pool: Pool
  clock: Clock
  logger: Logger
  changes: ChangeFeed
}

export interface EngineOptions extends Partial<LaneLimits> {
  /** Commits that may be under way at once. A tenant always takes the same lane, so that its requests keep their order. */
  lanes?: number
  /** Milliseconds of a clock that nobody sets, by which leases end; tests have one that jumps. */
  monotonic?: () => number
}

const usualLimits: LaneLimits = { batch: 2_000, batchBytes: 1_048_576, waiting: 10_000, waitingOfTenant: 5_000, patienceMs: 5_000 }

/**
 * Builds a node's engine. What it counts is in the database alone: a node may stop at any time. Of features that are leased it takes units
 * ahead, which are charged from then on, and gives back what is left when it closes.
 */
export function createQuotaEngine({ pool, clock, logger, changes }: EngineParts, options: EngineOptions = {}): QuotaEngine {
  const { lanes: laneCount = 2, monotonic = () => performance.now(), ...given } = options
  const denials = new DenialMemory()
  const limits = { ...usualLimits, ...given }
  const lanes = Array.from({ length: laneCount }, () => new Lane({ pool, clock, logger, denials, limits }))
  const windows = new PresentWindows()
  const log = new DecisionLog(pool, logger)
  const leases = new LeaseBook({ pool, clock, logger, monotonic, roomCameBack: (tenantId) => denials.forget(tenantId) })
  let closed = false
  changes.on('entitlement', (tenantId) => {
    denials.forget(tenantId)
    leases.endOf(tenantId)
  })

  function laneOf(tenantId: string): Lane {
    // the last character of an id is chance
    return lanes[tenantId.charCodeAt(tenantId.length - 1) % laneCount]!
  }

  function consume(request: ConsumeRequest): Promise<ConsumeOutcome> {
    const { entitlement } = request
    const window = windows.of(entitlement.cadence, clock.now().getTime(), entitlement.windows)
    return isLeasable(request) && !closed ? consumeAhead(request, window) : count(request, window)
  }

  /** From the units this node took ahead, else in the database; before that refuses, what this node has left is put back. */
  async function consumeAhead(request: ConsumeRequest, window: QuotaWindow): Promise<ConsumeOutcome> {
    const served = leases.serve(request, window)
    if (served) return served
    const outcome = await count(request, window)
    if (outcome.allowed || !(await leases.giveBack(request, window))) return outcome
    return count(request, window)
  }

  function count(request: ConsumeRequest, window: QuotaWindow): Promise<ConsumeOutcome> {
    const { tenantId, entitlement, amount } = request
    return new Promise((resolve, reject) => {
      if (closed) throw new AppError('service.unavailable', { detail: 'This server is stopping.' })
      const waiter = toWaiter(request, window, resolve, reject)
      const known =
        request.requestId === null && isPlain(waiter)
          ? denials.find(tenantId, entitlement.featureKey, window.startText, amount)
          : undefined
      if (known) resolve(deniedOutcome(waiter, known.granted, known.remaining))
      else laneOf(tenantId).add(waiter)
    })
  }

  return {
    consume,
    balances: (tenantId, entitlements) => readBalances(pool, tenantId, entitlements, clock.now().getTime()),
    room: (question) => readRoom(pool, question, clock.now().getTime()),
    roomCameBack: (tenantId) => denials.forget(tenantId),
    samplesGrant: () => log.samplesGrant(),
    log: (decision) => log.add(decision),
    waiting: () => lanes.reduce((sum, lane) => sum + lane.waiting, 0),
    async close() {
      closed = true
      await Promise.all(lanes.map((lane) => lane.drained()))
      await leases.close()
      await log.write()
    },
  }
}

/** A request with an id is kept as a row before it is answered; one that is measured by more than its amount is decided in turn. */
function isLeasable({ leased, requestId, measure, entitlement }: ConsumeRequest): boolean {
  const { caps, rates } = entitlement
  return leased === true && requestId === null && measure === undefined && caps === undefined && rates === undefined
}

/** Ids, amounts and keys of one request, about. */
const FIXED_BYTES = 120

const noCaps: Waiter['caps'] = []

function toWaiter(request: ConsumeRequest, window: QuotaWindow, resolve: Waiter['resolve'], reject: Waiter['reject']): Waiter {
  const {
    tenantId,
    entitlement,
    amount,
    measure,
    resource = null,
    callerId,
    memberId = null,
    decisionId,
    requestId,
    kept = null,
  } = request
  return {
    tenantId,
    entitlement,
    window,
    amount,
    measure,
    resource,
    caps: entitlement.caps === undefined ? noCaps : capsOf(request),
    callerId,
    memberId,
    decisionId,
    requestId,
    kept,
    bytes: FIXED_BYTES + (requestId?.length ?? 0) + (resource?.length ?? 0),
    since: performance.now(),
    twins: null,
    resolve,
    reject,
  }
}
