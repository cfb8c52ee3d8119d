import type { ClientBase } from 'pg'
import type { Rest } from '../../../kernel/ports/quota-engine.ts'
import { plainArray, textArray } from './array-literal.ts'

/** A limit on how fast one tenant may use one feature. */
export interface RateKey {
  tenantId: string
  featureKey: string
  name: string
  units: number
  seconds: number
}

/** What is used of it in its present stretch of time, locked by a transaction. */
export interface LockedRate extends RateKey {
  used: number
  /** When the stretch ends, in milliseconds of the epoch. */
  endsAt: number
}

/** The first instant of the stretch that holds an instant: stretches follow each other from the epoch on. */
export function stretchOf(at: number, seconds: number): number {
  return Math.floor(at / (seconds * 1000)) * seconds * 1000
}

/**
 * Locks rate limits in key order until the end of the transaction, after the balances. A node whose clock is behind counts in the
 * stretch that another has begun, and never brings an older one back.
 */
export async function lockRates(client: ClientBase, keys: readonly RateKey[], now: Date): Promise<LockedRate[]> {
  if (keys.length === 0) return []
  const { rows } = await client.query<{ n: number; used: number; startsAt: Date | string }>({
    name: 'lock-rates',
    text: `with wanted as materialized (
        select * from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) with ordinality as w(tenant_id, feature_key, name, starts_at, n)
      ),
      locked as (
        insert into rate_window as r (tenant_id, feature_key, name, starts_at, used)
        select tenant_id, feature_key, name, starts_at, 0 from wanted order by 1, 2, 3
        on conflict (tenant_id, feature_key, name) do update set starts_at = greatest(r.starts_at, excluded.starts_at),
          used = case when excluded.starts_at > r.starts_at then 0 else r.used end
        returning tenant_id, feature_key, name, starts_at, used
      )
      select w.n::int as n, l.used::float8 as used, l.starts_at as "startsAt" from locked l join wanted w using (tenant_id, feature_key, name) order by w.n`,
    values: [...namesOf(keys), textArray(keys.map(({ seconds }) => new Date(stretchOf(now.getTime(), seconds)).toISOString()))],
  })
  return rows.map(({ n, used, startsAt }) => {
    const key = keys[n - 1]!
    return { ...key, used, endsAt: new Date(startsAt).getTime() + key.seconds * 1000 }
  })
}

export async function writeRates(client: ClientBase, rates: readonly LockedRate[]): Promise<void> {
  if (rates.length === 0) return
  await client.query({
    name: 'write-rates',
    text: `update rate_window r set used = w.used
      from unnest($1::text[], $2::text[], $3::text[], $4::int8[]) as w(tenant_id, feature_key, name, used)
      where r.tenant_id = any (array[w.tenant_id]) and r.feature_key = w.feature_key and r.name = w.name`,
    values: [...namesOf(rates), plainArray(rates.map(({ used }) => used))],
  })
}

export function restOf({ name, units, used, endsAt }: LockedRate): Rest {
  return { name, limit: units, remaining: Math.max(0, units - used), resetsAt: new Date(endsAt) }
}

/** Of several that refuse, the one to be told: where it lets pass after its end, so do the others by then. */
export function longestWait(rests: readonly Rest[], units: number): Rest | undefined {
  const end = ({ limit, resetsAt }: Rest) => (units > limit || resetsAt === null ? Number.POSITIVE_INFINITY : resetsAt.getTime())
  return rests.reduce<Rest | undefined>((most, rest) => (most === undefined || end(rest) > end(most) ? rest : most), undefined)
}

function namesOf(keys: readonly RateKey[]): string[] {
  return [
    textArray(keys.map(({ tenantId }) => tenantId)),
    textArray(keys.map(({ featureKey }) => featureKey)),
    textArray(keys.map(({ name }) => name)),
  ]
}
