import type { Pool } from 'pg'
import type { LoggedDecision } from '../../../kernel/ports/quota-engine.ts'
import type { Logger } from '../../../kernel/services.ts'
import { plainArray, textArray } from './array-literal.ts'

const MOST_KEPT = 10_000
const WRITE_EVERY_MS = 1_000
const MOST_A_WRITE = 1_000
/** One grant of so many is written down. */
const SAMPLE = 100

/**
 * Every denial and a sample of the grants, for people who ask later why. Gathered and written once a second, so a crash loses up
 * to a second of it, and a flood of denials is thinned to what fits: the ledger, not this log, is what is counted by.
 */
export class DecisionLog {
  #pool: Pool
  #logger: Logger
  #kept: LoggedDecision[] = []
  #grants = 0
  #dropped = 0
  #timer: NodeJS.Timeout | null = null
  #writing: Promise<void> = Promise.resolve()

  constructor(pool: Pool, logger: Logger) {
    this.#pool = pool
    this.#logger = logger
  }

  /** Whether the next grant is one of the sample. */
  samplesGrant(): boolean {
    return this.#grants++ % SAMPLE === 0
  }

  add(decision: LoggedDecision): void {
    if (this.#kept.length >= MOST_KEPT) {
      this.#dropped++
      return
    }
    this.#kept.push(decision)
    this.#timer ??= setTimeout(() => this.write(), WRITE_EVERY_MS).unref()
  }

  /** Writes what is gathered; never fails. */
  write(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#writing = this.#writing.then(() => this.#writeKept())
    return this.#writing
  }

  async #writeKept(): Promise<void> {
    const decisions = this.#kept
    const dropped = this.#dropped
    this.#kept = []
    this.#dropped = 0
    if (dropped > 0) this.#logger.warn({ dropped }, 'more was denied than the decision log takes')
    try {
      for (let from = 0; from < decisions.length; from += MOST_A_WRITE)
        await this.#insert(decisions.slice(from, from + MOST_A_WRITE))
    } catch (error) {
      this.#logger.warn({ err: error, lost: decisions.length }, 'decisions could not be logged')
    }
  }

  async #insert(decisions: LoggedDecision[]): Promise<void> {
    await this.#pool.query({
      name: 'log-decisions',
      text: `insert into decision_log (tenant_id, id, feature_key, amount, allowed, code, step, caller_id, request_id, at)
        select * from unnest($1::text[], $2::text[], $3::text[], $4::int8[], $5::bool[], $6::text[], $7::text[], $8::text[], $9::text[], $10::timestamptz[])
        on conflict do nothing`,
      values: [
        textArray(decisions.map(({ tenantId }) => tenantId)),
        textArray(decisions.map(({ decisionId }) => decisionId)),
        textArray(decisions.map(({ featureKey }) => featureKey)),
        plainArray(decisions.map(({ amount }) => amount)),
        plainArray(decisions.map(({ allowed }) => allowed)),
        textArray(decisions.map(({ code }) => code)),
        textArray(decisions.map(({ step }) => step)),
        textArray(decisions.map(({ callerId }) => callerId)),
        textArray(decisions.map(({ requestId }) => requestId)),
        textArray(decisions.map(({ at }) => at.toISOString())),
      ],
    })
  }
}
