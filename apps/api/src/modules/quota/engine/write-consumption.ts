import type { ClientBase } from 'pg'
import { plainArray, textArray } from './array-literal.ts'
import type { PoolBalance } from './pool.ts'

/** Units that one caller took of one balance; fewer than none where a value that was said before is replaced by a smaller one. */
export interface Entry {
  balance: PoolBalance
  kind: 'consume' | 'overage' | 'correct' | 'acquire' | 'give_back'
  callerId: string | null
  units: number
  requests: number
  /** The feature that was asked for, where it is paid from this one's credits. */
  askedFeatureKey?: string | null
  /** The usage event it corrects, or the holder of a gauge it is about. */
  reverses?: string | null
}

/** Use of a feature by one caller in one hour, in that feature's units. */
export interface HourlyUse {
  tenantId: string
  featureKey: string
  callerId: string
  /** Whom a key acted for; null: whoever acted, acted for themselves. */
  memberId: string | null
  /** Milliseconds of the epoch, the hour's first. */
  hour: number
  units: number
}

/** The hour that holds an instant, UTC. */
export function hourOf(at: number): number {
  return Math.floor(at / 3_600_000) * 3_600_000
}

/** Writes balances that are locked by this transaction as they now are, the ledger entries that made them so, and the hours. */
export async function writeConsumption(
  client: ClientBase,
  { changed, entries, hours }: { changed: Iterable<PoolBalance>; entries: readonly Entry[]; hours: readonly HourlyUse[] },
  now: Date,
): Promise<void> {
  const balances = [...new Set(changed)]
  await client.query({
    ...write,
    values: [
      textArray(balances.map(({ tenantId }) => tenantId)),
      textArray(balances.map(({ featureKey }) => featureKey)),
      textArray(balances.map(({ windowStart }) => windowStart)),
      textArray(balances.map(({ origin }) => origin)),
      plainArray(balances.map(({ consumed }) => consumed)),
      plainArray(balances.map(({ granted }) => granted)),
      textArray(entries.map(({ balance }) => balance.tenantId)),
      textArray(entries.map(({ balance }) => balance.featureKey)),
      textArray(entries.map(({ balance }) => balance.windowStart)),
      textArray(entries.map(({ balance }) => balance.origin)),
      textArray(entries.map(({ kind }) => kind)),
      textArray(entries.map(({ callerId }) => callerId)),
      plainArray(entries.map(({ units }) => units)),
      plainArray(entries.map(({ requests }) => requests)),
      textArray(entries.map(({ askedFeatureKey }) => askedFeatureKey ?? null)),
      textArray(entries.map(({ reverses }) => reverses ?? null)),
      textArray(hours.map(({ tenantId }) => tenantId)),
      textArray(hours.map(({ featureKey }) => featureKey)),
      textArray(hours.map(({ hour }) => new Date(hour).toISOString())),
      textArray(hours.map(({ callerId }) => callerId)),
      textArray(hours.map(({ memberId }) => memberId ?? '')),
      plainArray(hours.map(({ units }) => units)),
      now,
    ],
  })
}

const write = {
  name: 'write-consumption',
  text: `with counted as (
      update balance b set consumed = a.consumed, granted = a.granted, updated_at = $23
      from unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[], $5::int8[], $6::int8[])
        as a(tenant_id, feature_key, window_start, origin, consumed, granted)
      where b.tenant_id = any (array[a.tenant_id]) and b.feature_key = a.feature_key and b.window_start = a.window_start and b.origin = a.origin
    ),
    entries as (
      insert into quota_entry (tenant_id, feature_key, window_start, origin, kind, caller_id, units, requests, asked_feature_key, reverses, at)
      select tenant_id, feature_key, window_start, origin, kind, caller_id, sum(units), sum(requests), asked_feature_key, reverses, $23
      from unnest($7::text[], $8::text[], $9::timestamptz[], $10::text[], $11::text[], $12::text[], $13::int8[], $14::int[], $15::text[], $16::text[])
        as e(tenant_id, feature_key, window_start, origin, kind, caller_id, units, requests, asked_feature_key, reverses)
      group by 1, 2, 3, 4, 5, 6, 9, 10
    )
    insert into usage_hour as h (tenant_id, feature_key, hour, caller_id, member_id, units)
    select tenant_id, feature_key, hour, caller_id, member_id, sum(units)
    from unnest($17::text[], $18::text[], $19::timestamptz[], $20::text[], $21::text[], $22::int8[])
      as u(tenant_id, feature_key, hour, caller_id, member_id, units)
    group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
    on conflict (tenant_id, feature_key, hour, caller_id, member_id) do update set units = h.units + excluded.units`,
}
