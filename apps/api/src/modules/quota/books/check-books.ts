import type { PoolClient } from 'pg'
import type { Services } from '../../../kernel/services.ts'
import { type Account, countBalances, type Difference, findDifferences } from './find-differences.ts'
import { keepDifferences } from './keep-differences.ts'
import { mendDays } from './mend-days.ts'

/** Features of tenants that are compared at once. */
const ACCOUNTS_A_PAGE = 200
/** A run stops after the page that passes this, and the next goes on from there. */
const RUN_MS = 20_000
/** A round that is over is not begun again sooner. */
const REST_MS = 10 * 60_000
const PAGE_TIMEOUT_MS = 60_000

export interface BooksRun {
  /** Balances that were compared. */
  balances: number
  /** Differences that were not known before. */
  alarms: Difference[]
  /** Whether the last account of all was reached. */
  roundEnded: boolean
}

/**
 * Compares balances with what the ledger adds up to: grants less consumption, what is held, and the hours. It goes round all tenants
 * for ever, a page at a time and each page as of one instant, and remembers where it was; of several nodes one does it. A difference is
 * logged as an error when it is found, and stays in `books_difference` until a later round finds it gone.
 */
export async function checkBooks(services: Pick<Services, 'pool' | 'clock' | 'logger'>): Promise<BooksRun> {
  const run: BooksRun = { balances: 0, alarms: [], roundEnded: false }
  const startedAt = performance.now()
  while (!run.roundEnded && performance.now() - startedAt < RUN_MS) {
    const page = await inOneSnapshot(services.pool, (client) => checkPage(client, services.clock.now()))
    if (page === null) break
    for (const difference of page.alarms) services.logger.error({ ...difference }, 'the books do not balance')
    run.balances += page.balances
    run.alarms.push(...page.alarms)
    run.roundEnded = page.roundEnded
  }
  return run
}

/** @returns null when another node is at it, or the last round ended a moment ago */
async function checkPage(client: PoolClient, now: Date): Promise<BooksRun | null> {
  const { rows: locks } = await client.query<{ mine: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('check of the books', 0)) as mine`,
  )
  if (!locks[0]!.mine) return null
  const { rows: states } = await client.query<Account & { roundStartedAt: Date | null; roundEndedAt: Date | null }>(
    `select at_tenant as "tenantId", at_feature as "featureKey", round_started_at as "roundStartedAt", round_ended_at as "roundEndedAt"
     from books_check where name = 'quota'`,
  )
  const { roundStartedAt, roundEndedAt, ...place } = states[0]!
  if (roundStartedAt === null && roundEndedAt !== null && now.getTime() - roundEndedAt.getTime() < REST_MS) return null
  const accounts = await accountsAfter(client, place)
  const balances = await countBalances(client, accounts)
  await mendDays(client, accounts)
  const alarms = await keepDifferences(client, accounts, await findDifferences(client, accounts), now)
  const roundEnded = accounts.length < ACCOUNTS_A_PAGE
  await remember(client, { place: accounts.at(-1) ?? place, balances, roundEnded, now })
  return { balances, alarms, roundEnded }
}

async function accountsAfter(client: PoolClient, { tenantId, featureKey }: Account): Promise<Account[]> {
  const { rows } = await client.query<Account>({
    name: 'books-accounts',
    text: `select tenant_id as "tenantId", feature_key as "featureKey" from entitlement where (tenant_id, feature_key) > ($1, $2)
      order by tenant_id, feature_key limit ${ACCOUNTS_A_PAGE}`,
    values: [tenantId, featureKey],
  })
  return rows
}

async function remember(
  client: PoolClient,
  { place, balances, roundEnded, now }: { place: Account; balances: number; roundEnded: boolean; now: Date },
): Promise<void> {
  const { tenantId, featureKey } = roundEnded ? { tenantId: '', featureKey: '' } : place
  await client.query(
    `update books_check set at_tenant = $1, at_feature = $2, checked_total = checked_total + $3,
       balances = case when $4 then 0 else balances + $3 end,
       round_balances = case when $4 then balances + $3 else round_balances end,
       round_started_at = case when $4 then null else coalesce(round_started_at, $5) end,
       round_ended_at = case when $4 then $5 else round_ended_at end
     where name = 'quota'`,
    [tenantId, featureKey, balances, roundEnded, now],
  )
}

async function inOneSnapshot<Result>(pool: Services['pool'], work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect()
  let broken: unknown
  try {
    await client.query(`begin isolation level repeatable read; set local statement_timeout = ${PAGE_TIMEOUT_MS}`)
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    broken = error
    throw error
  } finally {
    // a connection with an unfinished transaction is not lent again
    client.release(broken instanceof Error ? broken : broken !== undefined)
  }
}
