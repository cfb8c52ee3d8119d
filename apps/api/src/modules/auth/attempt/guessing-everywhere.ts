import { perNode } from '../../../kernel/per-node.ts'
import type { Services } from '../../../kernel/services.ts'

type Needs = Pick<Services, 'pool' | 'clock' | 'logger'>

const WINDOW_MINUTES = 10
/** Accounts that somebody fails to come into and nobody comes into, over the whole installation. */
const MOST_ACCOUNTS = 200
/** More of them are usual where more people come in. */
const MOST_PER_SUCCESS = 2
/** One line counts for no more than this, so that it takes many to set off what concerns everybody. */
const MOST_OF_ONE_LINE = 10
const ASK_AGAIN_AFTER_MS = 1_000

/**
 * Whether passwords are tried on many accounts from many addresses (credential stuffing): a few tries on each account from a few on
 * each address, which no other brake sees. Counted in the database once a second, so all nodes see one attack; an attempt that is
 * still being looked at has no reason yet and does not count. It lets go by itself.
 */
class GuessingEverywhere {
  #needs: Needs
  #underWay: Promise<boolean> = Promise.resolve(false)
  #askedAt = Number.NEGATIVE_INFINITY
  #wasUnderWay = false

  constructor(needs: Needs) {
    this.#needs = needs
  }

  isUnderWay(): Promise<boolean> {
    if (performance.now() - this.#askedAt < ASK_AGAIN_AFTER_MS) return this.#underWay
    this.#askedAt = performance.now()
    this.#underWay = this.#ask()
    this.#underWay.catch(() => {
      this.#askedAt = Number.NEGATIVE_INFINITY
    })
    return this.#underWay
  }

  async #ask(): Promise<boolean> {
    const { pool, clock, logger } = this.#needs
    const since = new Date(clock.now().getTime() - WINDOW_MINUTES * 60_000)
    const { rows } = await pool.query<{ failing: number; lines: number; succeeding: number }>(
      `with recent as (
         select identifier_hash, min(address_bucket) as line, bool_and(outcome = 'failure') as fails
         from login_event where at > $1 and outcome in ('failure', 'success') and (outcome = 'success' or reason is not null)
         group by identifier_hash),
       lines as (select line, count(*) as accounts from recent where fails group by line)
       select coalesce(sum(least(accounts, $2)), 0)::int as failing, count(*)::int as lines,
         (select count(*)::int from recent where not fails) as succeeding
       from lines`,
      [since, MOST_OF_ONE_LINE],
    )
    const { failing, lines, succeeding } = rows[0]!
    const underWay = failing >= Math.max(MOST_ACCOUNTS, MOST_PER_SUCCESS * succeeding)
    if (underWay && !this.#wasUnderWay)
      logger.error({ alert: 'password_guessing', failing, lines, succeeding }, 'passwords are being tried on many accounts')
    if (!underWay && this.#wasUnderWay) logger.warn({ alert: 'password_guessing_over' }, 'the trying of passwords has ended')
    this.#wasUnderWay = underWay
    return underWay
  }
}

export const guessingOf = perNode((services) => new GuessingEverywhere(services))
