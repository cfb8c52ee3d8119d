import type { ClientBase } from 'pg'
import { textArray } from './array-literal.ts'

/** A resource in a window of a feature that counts different ones. */
export interface ResourceKey {
  tenantId: string
  /** The feature that was asked for. */
  featureKey: string
  windowStart: string
  resource: string
}

export function resourceName({ tenantId, featureKey, windowStart, resource }: ResourceKey): string {
  return `${tenantId} ${featureKey} ${windowStart} ${resource}`
}

/** Those that were counted already, by name. Exact while the balances of the window are locked. */
export async function seenAmong(client: Pick<ClientBase, 'query'>, keys: readonly ResourceKey[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set()
  const { rows } = await client.query<{ n: number }>({
    name: 'seen-resources',
    text: `select w.n::int as n
      from unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[]) with ordinality as w(tenant_id, feature_key, window_start, resource, n)
      join seen_resource s on s.tenant_id = any (array[w.tenant_id]) and s.feature_key = w.feature_key and s.window_start = w.window_start
        and s.resource = w.resource`,
    values: columnsOf(keys),
  })
  return new Set(rows.map(({ n }) => resourceName(keys[n - 1]!)))
}

export async function rememberSeen(client: ClientBase, keys: readonly ResourceKey[]): Promise<void> {
  if (keys.length === 0) return
  await client.query({
    name: 'remember-seen',
    text: `insert into seen_resource (tenant_id, feature_key, window_start, resource)
      select * from unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[]) order by 1, 2, 3, 4`,
    values: columnsOf(keys),
  })
}

function columnsOf(keys: readonly ResourceKey[]): string[] {
  return [
    textArray(keys.map(({ tenantId }) => tenantId)),
    textArray(keys.map(({ featureKey }) => featureKey)),
    textArray(keys.map(({ windowStart }) => windowStart)),
    textArray(keys.map(({ resource }) => resource)),
  ]
}
