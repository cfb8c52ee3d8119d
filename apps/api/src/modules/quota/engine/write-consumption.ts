import type { ClientBase } from 'pg'
import { plainArray, textArray } from './array-literal.ts'
import type { BalanceKey, LockedBalance } from './lock-balances.ts'

/** Units one caller took of one balance in one hour. */
export interface Consumption {
  key: BalanceKey
  callerId: string
  /** Milliseconds of the epoch, the hour's first. */
  hour: number
  units: number
  requests: number
}

export interface BalanceChange {
  key: BalanceKey
  balance: LockedBalance
}

/** The hour that holds an instant, UTC. */
export function hourOf(at: number): number {
  return Math.floor(at / 3_600_000) * 3_600_000
}

/** Writes balances that are locked by this transaction as they now are, the ledger entries that made them so, and the hours. */
export async function writeConsumption(
  client: ClientBase,
  changes: readonly BalanceChange[],
  consumptions: readonly Consumption[],
  now: Date,
): Promise<void> {
  await client.query({
    ...write,
    values: [
      textArray(changes.map(({ key }) => key.tenantId)),
      textArray(changes.map(({ key }) => key.featureKey)),
      textArray(changes.map(({ key }) => key.window.startText)),
      plainArray(changes.map(({ balance }) => balance.consumed)),
      plainArray(changes.map(({ balance }) => balance.granted)),
      textArray(consumptions.map(({ key }) => key.tenantId)),
      textArray(consumptions.map(({ key }) => key.featureKey)),
      textArray(consumptions.map(({ key }) => key.window.startText)),
      textArray(consumptions.map(({ callerId }) => callerId)),
      textArray(consumptions.map(({ hour }) => new Date(hour).toISOString())),
      plainArray(consumptions.map(({ units }) => units)),
      plainArray(consumptions.map(({ requests }) => requests)),
      now,
    ],
  })
}

const write = {
  name: 'write-consumption',
  text: `with counted as (
      update balance b set consumed = a.consumed, granted = a.granted, updated_at = $13
      from unnest($1::text[], $2::text[], $3::timestamptz[], $4::int8[], $5::int8[])
        as a(tenant_id, feature_key, window_start, consumed, granted)
      where b.tenant_id = a.tenant_id and b.feature_key = a.feature_key and b.window_start = a.window_start
    ),
    taken as materialized (
      select * from unnest($6::text[], $7::text[], $8::timestamptz[], $9::text[], $10::timestamptz[], $11::int8[], $12::int[])
        as t(tenant_id, feature_key, window_start, caller_id, hour, units, requests)
    ),
    entries as (
      insert into quota_entry (tenant_id, feature_key, window_start, kind, units, caller_id, requests, at)
      select tenant_id, feature_key, window_start, 'consume', sum(units), caller_id, sum(requests), $13 from taken group by 1, 2, 3, 6
    )
    insert into usage_hour as h (tenant_id, feature_key, hour, caller_id, units)
    select tenant_id, feature_key, hour, caller_id, sum(units) from taken group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict (tenant_id, feature_key, hour, caller_id) do update set units = h.units + excluded.units`,
}
