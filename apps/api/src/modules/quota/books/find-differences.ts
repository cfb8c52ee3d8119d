import type { ClientBase } from 'pg'
import { textArray } from '../engine/array-literal.ts'
import { ledgerSums } from './ledger-sums.ts'

/** A feature of a tenant: what the check looks at as a whole. */
export interface Account {
  tenantId: string
  featureKey: string
}

export interface Difference extends Account {
  windowStart: Date
  /** Of the balance; empty where all balances of the feature are meant. */
  origin: string
  field: 'balance' | 'granted' | 'consumed' | 'reserved' | 'held' | 'hours'
  /** What the ledger adds up to; null: no limit. */
  expected: number | null
  /** What is there; null: no limit, or no balance at all. */
  found: number | null
}

/** Where balances, held reservations or hours are not what the ledger adds up to, all as of one instant of the database. */
export async function findDifferences(client: ClientBase, accounts: readonly Account[]): Promise<Difference[]> {
  const { rows } = await client.query<Difference>({ name: 'books-differences', text: differences, values: valuesOf(accounts) })
  return rows
}

/** How many balances the accounts have. */
export async function countBalances(client: ClientBase, accounts: readonly Account[]): Promise<number> {
  const { rows } = await client.query<{ balances: number }>({
    name: 'books-balances',
    text: `with ${scope} select count(*)::int as balances from balance join scope using (tenant_id, feature_key)`,
    values: valuesOf(accounts),
  })
  return rows[0]!.balances
}

function valuesOf(accounts: readonly Account[]): string[] {
  return [textArray(accounts.map(({ tenantId }) => tenantId)), textArray(accounts.map(({ featureKey }) => featureKey))]
}

const scope = 'scope as materialized (select * from unnest($1::text[], $2::text[]) as s(tenant_id, feature_key))'

/**
 * A cap counts again what its pool counts, a feature that is paid in credits is in the ledger of those, and of a gauge it is held that
 * counts and not used, so none of these is in the hours' sum.
 */
const differences = `with ${scope},
  ledger as materialized (${ledgerSums}),
  held as (
    select tenant_id, feature_key, window_start, origin, sum(units) as units from reservation join scope using (tenant_id, feature_key)
    where state = 'held' group by 1, 2, 3, 4
  ),
  compared as (
    select tenant_id, feature_key, window_start, origin, f.field, f.expected, f.found
    from (select b.* from balance b join scope using (tenant_id, feature_key)) b
      full join ledger l using (tenant_id, feature_key, window_start, origin)
      left join held h using (tenant_id, feature_key, window_start, origin)
      cross join lateral (values
        ('balance', case when b.consumed is null then l.consumed end, null),
        ('granted', case when l.consumed is null then 0 else l.granted end, b.granted),
        ('consumed', coalesce(l.consumed, 0), b.consumed),
        ('reserved', coalesce(l.reserved, 0), b.reserved),
        ('held', coalesce(h.units, 0), b.reserved)) as f(field, expected, found)
    where (f.field = 'balance') = (b.consumed is null)
  ),
  used as (
    select s.tenant_id, s.feature_key, coalesce(l.units, 0) as ledger, coalesce(u.units, 0) as hours
    from scope s join feature f on f.key = s.feature_key
      left join (select tenant_id, feature_key, sum(consumed) as units from ledger where origin !~ '^(usr|key)_' group by 1, 2) l
        using (tenant_id, feature_key)
      left join (select tenant_id, feature_key, sum(units) as units from usage_hour join scope using (tenant_id, feature_key) group by 1, 2) u
        using (tenant_id, feature_key)
    where f.kind <> 'gauge' and f.credit_feature_key is null and not exists (
      select from quota_entry q where q.tenant_id = s.tenant_id and q.asked_feature_key = s.feature_key)
  )
  select tenant_id as "tenantId", feature_key as "featureKey", window_start as "windowStart", origin, field,
    expected::float8 as expected, found::float8 as found
  from compared where field = 'balance' or expected is distinct from found
  union all
  select tenant_id, feature_key, 'epoch'::timestamptz, '', 'hours', ledger::float8, hours::float8 from used where ledger <> hours
  order by 1, 2, 3, 4, 5`
