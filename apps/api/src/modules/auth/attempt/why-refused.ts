import type { LoginMethod } from '@tollkeeper/shared'
import { addressBucket } from '../../../kernel/client-address.ts'
import type { RequestContext } from '../../../kernel/context.ts'
import { guessingOf } from './guessing-everywhere.ts'

interface Attempt {
  identifierHash: string
  method: LoginMethod
}

interface Refusal {
  reason: string
  retryAfterSeconds: number
  detail?: string
}

/** Failures for one account from one line, since the last success from there. */
const MOST_FROM_HERE = 20
const HERE_MINUTES = 15
/** Failures for one account from anywhere, since its last success. */
const MOST_FROM_ANYWHERE = 100
const ANYWHERE_MINUTES = 60
/** Accounts one line fails to come into, and has not come into. */
const MOST_ACCOUNTS_FROM_HERE = 30
const ACCOUNTS_MINUTES = 10
const KNOWN_DAYS = 90

/**
 * The brakes on coming in, counted in the database and so over all nodes: per account and line, per account, per line, and over
 * everything. Only the first holds a person where they came in from before, so a stranger cannot lock anybody out. What is asked
 * again of who is signed in already meets the first two alone.
 * @returns null when the attempt may be looked at; nothing in the answer depends on whether there is such an account
 */
export async function whyRefused(ctx: RequestContext, attempt: Attempt): Promise<Refusal | null> {
  const { here, anywhere, accounts, known, retryAfterSeconds } = await countFailures(ctx, attempt.identifierHash)
  if (here > MOST_FROM_HERE) return { reason: 'too_many_from_here', retryAfterSeconds }
  if (known) return null
  if (anywhere > MOST_FROM_ANYWHERE) return { reason: 'too_many_from_anywhere', retryAfterSeconds }
  if (attempt.method === 'confirmation') return null
  if (accounts > MOST_ACCOUNTS_FROM_HERE) return { reason: 'too_many_accounts_from_here', retryAfterSeconds: ACCOUNTS_MINUTES * 60 }
  if (await guessingOf(ctx.services).isUnderWay())
    return {
      reason: 'too_many_everywhere',
      retryAfterSeconds: ACCOUNTS_MINUTES * 60,
      detail: 'Many sign-ins fail at the moment, so a password or a code opens an account only from where one did before.',
    }
  return null
}

interface Failures {
  here: number
  anywhere: number
  accounts: number
  known: boolean
  oldest: number | null
}

async function countFailures({ services, client }: RequestContext, identifier: string) {
  const now = services.clock.now().getTime()
  const before = (minutes: number) => new Date(now - minutes * 60_000)
  const { rows } = await services.pool.query<Failures>(
    `with last as (
       select max(id) filter (where address_bucket = $2) as here, max(id) as anywhere
       from login_event where identifier_hash = $1 and outcome = 'success' and at > $5)
     select count(*) filter (where address_bucket = $2 and at > $3 and e.id > coalesce(last.here, 0))::int as here,
       count(*) filter (where e.id > coalesce(last.anywhere, 0))::int as anywhere,
       coalesce(bool_or(last.here is not null), false) as known,
       (extract(epoch from min(at) filter (where address_bucket = $2 and at > $3)) * 1000)::float8 as oldest,
       (select count(*)::int from (
          select 1 from login_event where address_bucket = $2 and at > $6 and outcome in ('failure', 'success')
          group by identifier_hash having bool_and(outcome = 'failure')) failing) as accounts
     from login_event e cross join last where identifier_hash = $1 and outcome = 'failure' and at > $4`,
    [
      identifier,
      addressBucket(client.ip),
      before(HERE_MINUTES),
      before(ANYWHERE_MINUTES),
      before(KNOWN_DAYS * 1440),
      before(ACCOUNTS_MINUTES),
    ],
  )
  const { oldest, ...counts } = rows[0]!
  const waitMs = (oldest ?? now) + HERE_MINUTES * 60_000 - now
  return { ...counts, retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) }
}
