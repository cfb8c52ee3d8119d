import { setTimeout as sleep, setImmediate as turnOfTheLoop } from 'node:timers/promises'
import type { Pool } from 'pg'
import { AppError } from '../../../kernel/app-error.ts'
import type { Clock } from '../../../kernel/clock.ts'
import type { Logger } from '../../../kernel/services.ts'
import { type Group, groupByBalance } from './batch.ts'
import { type CountedBalance, countAtOnce } from './count-at-once.ts'
import { type Decided, decideInTurn } from './decide-in-turn.ts'
import type { DenialMemory } from './denial-memory.ts'
import { FairQueue } from './fair-queue.ts'
import { COMMIT_MS, inOneTransaction, withClient } from './in-one-transaction.ts'
import { MOST_UNITS } from './most-units.ts'
import { allowedOutcome } from './outcome.ts'
import { commitFate, isContention, isTimeout } from './statement-failure.ts'
import { refuse, settle, type Waiter } from './waiter.ts'

export interface LaneLimits {
  /** Most requests of one commit. */
  batch: number
  /** Most bytes that their values may take in it, about. */
  batchBytes: number
  /** Most requests that may wait. */
  waiting: number
  /** Most of them of one tenant. */
  waitingOfTenant: number
  /** A request that has waited this long is refused rather than kept. */
  patienceMs: number
}

export interface LaneParts {
  pool: Pool
  clock: Clock
  logger: Logger
  denials: DenialMemory
  limits: LaneLimits
}

const MOST_TRIES = 5
const RECONNECT_MS = 50
/** A commit of so many says that there is a crowd, which is worth gathering. */
const CROWD = 8
/** How long a crowd is gathered at most, counted from the commit before. */
const GATHER_MS = 8

/**
 * Commits requests in groups: those that arrive while one commit is under way make up the next. Nobody is answered before the
 * commit that holds their answer.
 */
export class Lane {
  #parts: LaneParts
  #queue = new FairQueue<Waiter>()
  #committing = false
  #arrived = 0
  #crowded = false
  #committedAt = 0
  #idle: (() => void)[] = []

  constructor(parts: LaneParts) {
    this.#parts = parts
  }

  get waiting(): number {
    return this.#queue.size
  }

  /** @throws AppError quota.overloaded */
  add(waiter: Waiter): void {
    const { waiting, waitingOfTenant } = this.#parts.limits
    if (this.#queue.size >= waiting || this.#queue.waitingOf(waiter.tenantId) >= waitingOfTenant) throw overloaded()
    this.#queue.push(waiter)
    this.#arrived++
    if (this.#committing) return
    this.#committing = true
    // what the same turn of the event loop brings goes into the same commit
    setImmediate(() => this.#run())
  }

  /** Returns when nothing is waiting. */
  async drained(): Promise<void> {
    if (!this.#committing) return
    await new Promise<void>((resolve) => this.#idle.push(resolve))
  }

  async #run(): Promise<void> {
    while (this.#queue.size > 0) {
      if (this.#crowded) await this.#gather()
      this.#committedAt = performance.now()
      const waiters = this.#queue.take(this.#parts.limits.batch, this.#parts.limits.batchBytes)
      this.#crowded = waiters.length >= CROWD
      await this.#commit(this.#stillPatient(waiters))
    }
    this.#committing = false
    for (const resolve of this.#idle.splice(0)) resolve()
  }

  /**
   * Lets the next commit wait while every turn of the event loop brings more for it, a few milliseconds at most: a node that has its
   * hands full answers more by committing less often, and one that waits for the database is not held up.
   */
  async #gather(): Promise<void> {
    const until = this.#committedAt + GATHER_MS
    for (let before = -1; before < this.#arrived && performance.now() < until && this.#queue.size < this.#parts.limits.batch; ) {
      before = this.#arrived
      await turnOfTheLoop()
    }
  }

  #stillPatient(waiters: Waiter[]): Waiter[] {
    const since = performance.now() - this.#parts.limits.patienceMs
    if (waiters.every((waiter) => waiter.since >= since)) return waiters
    return waiters.filter((waiter) => {
      if (waiter.since < since) waiter.reject(overloaded())
      return waiter.since >= since
    })
  }

  async #commit(waiters: Waiter[]): Promise<void> {
    const groups = groupByBalance(waiters)
    if (groups.length === 0) return
    try {
      const rest = await this.#countAtOnce(groups)
      if (rest.length > 0) await this.#decideInTurn(rest)
    } catch (error) {
      for (const { waiters: refused } of groups) for (const waiter of refused) refuse(waiter, error)
    }
  }

  /** @returns the groups that have to be decided one by one; the others are answered */
  async #countAtOnce(groups: Group[]): Promise<Group[]> {
    const countable = groups.filter(({ units, plain }) => plain && units <= MOST_UNITS)
    if (countable.length === 0) return groups
    try {
      const counted = await withClient(this.#parts.pool, (client) => countAtOnce(client, countable, this.#parts.clock.now()))
      for (const balance of counted) answer(balance)
      if (counted.length === groups.length) return []
      const done = new Set(counted.map(({ group }) => group))
      return groups.filter((group) => !done.has(group))
    } catch (error) {
      if (commitFate(error) === 'unknown') return this.#keepNamed(groups, error)
      if (isContention(error)) return groups
      throw asOurs(error)
    }
  }

  async #decideInTurn(all: Group[]): Promise<void> {
    const giveUpAt = performance.now() + COMMIT_MS
    let groups = all
    for (let attempt = 1; groups.length > 0; attempt++) {
      try {
        const present = groups
        const decided = await inOneTransaction(this.#parts.pool, (client) => decideInTurn(client, present, this.#parts.clock.now()))
        this.#tell(decided)
        return
      } catch (error) {
        if (attempt === MOST_TRIES || performance.now() > giveUpAt) throw asOurs(error)
        if (commitFate(error) === 'unknown') {
          groups = this.#keepNamed(groups, error)
          await sleep(RECONNECT_MS * attempt)
        } else if (!isContention(error)) throw asOurs(error)
      }
    }
  }

  #tell({ verdicts, balances }: Decided): void {
    for (const balance of balances) if (balance.refused) this.#parts.denials.remember(balance)
    for (const verdict of verdicts) {
      if ('outcome' in verdict) settle(verdict.waiter, verdict.outcome)
      else refuse(verdict.waiter, verdict.error)
    }
  }

  /**
   * After a commit whose end is not known, requests with an id can be asked again without harm. The others are refused: they may
   * have been charged, and are never told that they were allowed.
   */
  #keepNamed(groups: Group[], error: unknown): Group[] {
    this.#parts.logger.warn({ err: error }, 'the database broke off during a commit of the quota')
    return groups.flatMap((group) => {
      const unnamed = group.waiters.filter(({ requestId }) => requestId === null)
      for (const waiter of unnamed) refuse(waiter, unavailable(error))
      const named = group.waiters.filter(({ requestId }) => requestId !== null)
      return named.length === 0 ? [] : [{ ...group, waiters: named }]
    })
  }
}

function answer({ group, granted, used }: CountedBalance): void {
  let remaining = (granted ?? MOST_UNITS) - used + group.units
  for (const waiter of group.waiters) {
    remaining -= waiter.amount
    settle(waiter, allowedOutcome(waiter, granted, remaining))
  }
}

function overloaded(): AppError {
  return new AppError('quota.overloaded', { retryAfterSeconds: 1 })
}

function unavailable(cause: unknown): AppError {
  return new AppError('service.unavailable', {
    detail: 'Whether this was counted is not known; with a requestId it can be asked again without being counted twice.',
    cause,
  })
}

/** What the database could not do is told as such; anything else is a fault of ours, and keeps its text. */
function asOurs(error: unknown): unknown {
  if (commitFate(error) === 'unknown') return unavailable(error)
  return isTimeout(error) ? new AppError('service.unavailable', { cause: error }) : error
}
