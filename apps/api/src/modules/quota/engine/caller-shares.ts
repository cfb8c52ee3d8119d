import { plainArray, textArray } from './array-literal.ts'
import type { Share } from './batch.ts'

/** What callers take of one balance of the plan's. */
export interface SharedBalance {
  tenantId: string
  featureKey: string
  window: { startText: string }
  shares: Iterable<Share>
}

/** A row for each caller of each balance, as one array a column. `n` is the balance's number, from 1 on. */
export const callerShares = `select * from unnest($1::text[], $2::text[], $3::timestamptz[], $4::int[], $5::text[], $6::text[], $7::int8[], $8::int[])
    as s(tenant_id, feature_key, window_start, n, caller_id, member_id, units, requests)`

/** Writes the rows of `taken`, those of `callerShares` that count, into the ledger and the hours. @param now the parameter that holds it */
export const writeTaken = (now: string) => `
  entries as (
    insert into quota_entry (tenant_id, feature_key, window_start, kind, units, caller_id, requests, at)
    select tenant_id, feature_key, window_start, 'consume', units, caller_id, requests, ${now} from taken
  ),
  hours as (
    insert into usage_hour as h (tenant_id, feature_key, hour, caller_id, member_id, units)
    select tenant_id, feature_key, date_trunc('hour', ${now}::timestamptz, 'UTC'), caller_id, member_id, sum(units) from taken
    group by 1, 2, 4, 5 order by 1, 2, 4, 5
    on conflict (tenant_id, feature_key, hour, caller_id, member_id) do update set units = h.units + excluded.units
  )`

/** The values of `callerShares`. */
export function callerShareColumns(balances: Iterable<SharedBalance>): string[] {
  const tenants: string[] = []
  const features: string[] = []
  const windows: string[] = []
  const numbers: number[] = []
  const callers: string[] = []
  const members: string[] = []
  const units: number[] = []
  const requests: number[] = []
  let number = 0
  for (const { tenantId, featureKey, window, shares } of balances) {
    number++
    for (const share of shares) {
      tenants.push(tenantId)
      features.push(featureKey)
      windows.push(window.startText)
      numbers.push(number)
      callers.push(share.callerId)
      members.push(share.memberId ?? '')
      units.push(share.units)
      requests.push(share.requests)
    }
  }
  return [
    textArray(tenants),
    textArray(features),
    textArray(windows),
    plainArray(numbers),
    textArray(callers),
    textArray(members),
    plainArray(units),
    plainArray(requests),
  ]
}
