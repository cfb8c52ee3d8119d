import pg from 'pg'
import type { Place } from './open-balances.ts'
import type { Told } from './told.ts'

/** What must be nothing after a run, each with examples for whoever has to find out why. */
export interface Breaches {
  /** Units beyond a limit, that clients were told of or that the database counts. */
  overGranted: number
  /** Units clients were told of and the database does not count, and ids whose answer is not kept as it was given. */
  lost: number
  /** Ids that were answered in two ways. */
  differing: number
  /** Balances whose ledger adds up to something else. */
  unbalanced: number
  /** Not a breach: units that killed nodes had taken ahead, which stay charged though nobody was given them. */
  forfeited: number
  examples: string[]
}

interface Account {
  consumed: number
  /** Taken ahead by nodes that were killed; some of it may have been given out. */
  leased: number
  granted: number
  ledger: number
}

/** Compares what the clients were told with what the database holds, when all is over. */
export async function compareBooks(databaseUrl: string, places: readonly Place[], told: Told): Promise<Breaches> {
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c role=tollkeeper_system' })
  await client.connect()
  try {
    const breaches: Breaches = {
      overGranted: 0,
      lost: 0,
      differing: told.differing.length,
      unbalanced: 0,
      forfeited: 0,
      examples: [],
    }
    for (const { requestId, answers } of told.differing.slice(0, 5)) breaches.examples.push(`${requestId}: ${answers.join(' / ')}`)
    compareUnits(breaches, places, told, await readAccounts(client, places))
    await compareAnswers(breaches, client, places, told)
    return breaches
  } finally {
    await client.end()
  }
}

function compareUnits(breaches: Breaches, places: readonly Place[], told: Told, accounts: Map<string, Account>): void {
  const nothing: Account = { consumed: 0, leased: 0, granted: 0, ledger: 0 }
  const toldUnits = told.units()
  for (const [index, { tenantId, feature, limit }] of places.entries()) {
    const account = accounts.get(`${tenantId} ${feature}`) ?? nothing
    const charged = account.consumed + account.leased
    const units = toldUnits[index]!
    const over = Math.max(0, units - limit, charged - limit)
    const lost = Math.max(0, units - charged)
    breaches.overGranted += over
    breaches.lost += lost
    breaches.forfeited += Math.max(0, charged - Math.max(units, account.consumed))
    const isUnbalanced = account.ledger !== account.consumed
    if (isUnbalanced) breaches.unbalanced++
    if (over > 0 || lost > 0 || isUnbalanced)
      breaches.examples.push(`${tenantId} ${feature}: limit ${limit}, told ${units}, ${JSON.stringify(account)}`)
  }
}

async function readAccounts(client: pg.Client, places: readonly Place[]): Promise<Map<string, Account>> {
  const { rows } = await client.query<Account & { name: string }>(
    `select b.tenant_id || ' ' || b.feature_key as name, sum(b.consumed)::float8 as consumed, sum(b.leased)::float8 as leased,
       sum(b.granted)::float8 as granted, coalesce((select sum(e.units) from quota_entry e
         where e.tenant_id = b.tenant_id and e.feature_key = b.feature_key and e.kind = 'consume'), 0)::float8 as ledger
     from balance b where b.tenant_id = any($1) group by b.tenant_id, b.feature_key`,
    [places.map(({ tenantId }) => tenantId)],
  )
  return new Map(rows.map(({ name, ...account }) => [name, account]))
}

async function compareAnswers(breaches: Breaches, client: pg.Client, places: readonly Place[], { named }: Told): Promise<void> {
  const { rows } = await client.query<{ request_id: string; tenant_id: string; decision_id: string; allowed: boolean }>(
    'select request_id, tenant_id, decision_id, allowed from quota_request where tenant_id = any($1)',
    [places.map(({ tenantId }) => tenantId)],
  )
  const kept = new Map(rows.map((row) => [row.request_id, row]))
  for (const [requestId, { ask, allowed, decisionId }] of named) {
    const row = kept.get(requestId)
    if (row?.decision_id === decisionId && row.allowed === allowed && row.tenant_id === places[ask.place]!.tenantId) continue
    breaches.lost++
    if (breaches.examples.length < 20) breaches.examples.push(`${requestId}: told ${decisionId}, kept ${JSON.stringify(row)}`)
  }
}
