import type { EventFate } from '@tollkeeper/shared'
import type { PoolClient } from 'pg'
import { plainArray, textArray } from '../engine/array-literal.ts'
import { giveBackExpired } from '../engine/give-back-expired.ts'
import { type BalanceKey, type LockedBalance, lockBalances } from '../engine/lock-balances.ts'
import { MOST_UNITS } from '../engine/outcome.ts'
import { windowOf } from '../engine/window-of.ts'
import { hourOf, writeConsumption } from '../engine/write-consumption.ts'
import type { TenantFacts } from '../tenant-facts.ts'
import { type CountableEvent, rejected } from './judged-event.ts'

interface Reporter {
  tenant: TenantFacts
  callerId: string
  now: Date
}

/**
 * Counts events in the windows they happened in, each id once, in one transaction of the caller's. Usage that happened is counted
 * even past the limit: what is granted is raised to it by an `overage` entry in the ledger, so that grants less consumption is
 * still what is left.
 * @returns the fate of each event, by its place in the request
 * @throws a unique violation when another request counts one of these ids at the same time: then it can be tried again
 */
export async function countEvents(
  client: PoolClient,
  events: readonly CountableEvent[],
  reporter: Reporter,
): Promise<Map<number, EventFate>> {
  const slots = slotsOf(events, reporter.tenant)
  const keys = [...slots.keys.values()]
  const balances = await lockBalances(client, keys, reporter.now)
  await giveBackExpired(
    client,
    keys.flatMap((key, index) => (balances[index] ? [{ key, balance: balances[index] }] : [])),
    reporter.now,
  )
  const known = await hashesOf(client, reporter.tenant.tenantId, events)
  const fates = new Map<number, EventFate>()
  const fresh: CountableEvent[] = []
  const consumedBefore = balances.map((balance) => balance?.consumed ?? 0)
  for (const event of events) {
    const balance = balances[slots.indexOf(event)] ?? null
    const fate = fateOf(event, known.get(event.id), balance)
    fates.set(event.index, fate)
    if (fate.state !== 'counted' || balance === null) continue
    known.set(event.id, event.contentHash)
    balance.consumed += event.amount
    fresh.push(event)
  }
  if (fresh.length === 0) return fates
  const changed = keys.flatMap((key, index) => {
    const balance = balances[index] ?? null
    return balance !== null && balance.consumed > consumedBefore[index]! ? [{ key, balance }] : []
  })
  await insertEvents(client, fresh, reporter)
  await insertOverages(client, changed, reporter.now)
  const consumptions = fresh.map((event) => ({
    key: keys[slots.indexOf(event)]!,
    callerId: reporter.callerId,
    hour: hourOf(event.at),
    units: event.amount,
    requests: 1,
  }))
  await writeConsumption(client, changed, consumptions, reporter.now)
  return fates
}

/** The balances that events belong to, each once. */
function slotsOf(events: readonly CountableEvent[], { tenantId, entitlements }: TenantFacts) {
  const keys = new Map<string, BalanceKey>()
  const places = new Map<string, number>()
  const nameOf = ({ featureKey, at }: CountableEvent) => {
    const { cadence } = entitlements.get(featureKey)!
    const window = windowOf(cadence, at)
    return { name: `${featureKey} ${window.startText}`, cadence, window }
  }
  for (const event of events) {
    const { name, cadence, window } = nameOf(event)
    if (keys.has(name)) continue
    places.set(name, keys.size)
    keys.set(name, { tenantId, featureKey: event.featureKey, cadence, window })
  }
  return { keys, indexOf: (event: CountableEvent) => places.get(nameOf(event).name)! }
}

function fateOf(
  { id, index, contentHash, amount }: CountableEvent,
  knownHash: string | undefined,
  balance: LockedBalance | null,
): EventFate {
  if (knownHash === contentHash) return { id, state: 'duplicate', code: null, path: null }
  if (knownHash !== undefined) return rejected(id, index, 'quota.event_conflict', 'id')
  if (balance === null) return rejected(id, index, 'quota.not_in_plan', 'feature')
  if (amount > MOST_UNITS - balance.consumed - balance.held) return rejected(id, index, 'input.invalid', 'amount')
  return { id, state: 'counted', code: null, path: null }
}

async function hashesOf(client: PoolClient, tenantId: string, events: readonly CountableEvent[]): Promise<Map<string, string>> {
  const { rows } = await client.query<{ id: string; content_hash: string }>({
    name: 'known-events',
    text: 'select id, content_hash from usage_event_key where tenant_id = $1 and id = any($2::text[])',
    values: [tenantId, textArray(events.map(({ id }) => id))],
  })
  return new Map(rows.map(({ id, content_hash }) => [id, content_hash]))
}

async function insertEvents(
  client: PoolClient,
  events: readonly CountableEvent[],
  { tenant, callerId, now }: Reporter,
): Promise<void> {
  await client.query({
    name: 'insert-events',
    text: `with event as materialized (
        select e.id, e.feature_key, e.amount, to_timestamp(e.at / 1000) as at, e.properties::jsonb, e.content_hash
        from unnest($4::text[], $5::text[], $6::int8[], $7::float8[], $8::text[], $9::text[])
          as e(id, feature_key, amount, at, properties, content_hash)
      ),
      known as (
        insert into usage_event_key (tenant_id, id, at, content_hash) select $1, id, at, content_hash from event order by id
      )
      insert into usage_event (tenant_id, id, feature_key, amount, at, received_at, caller_id, properties)
      select $1, id, feature_key, amount, at, $2, $3, properties from event`,
    values: [
      tenant.tenantId,
      now,
      callerId,
      textArray(events.map(({ id }) => id)),
      textArray(events.map(({ featureKey }) => featureKey)),
      plainArray(events.map(({ amount }) => amount)),
      plainArray(events.map(({ at }) => at)),
      textArray(events.map(({ properties }) => properties)),
      textArray(events.map(({ contentHash }) => contentHash)),
    ],
  })
}

/** Raises what is granted to what is used, and writes down by how much. */
async function insertOverages(
  client: PoolClient,
  changed: readonly { key: BalanceKey; balance: LockedBalance }[],
  now: Date,
): Promise<void> {
  const over = changed.flatMap(({ key, balance }) => {
    const used = balance.consumed + balance.held
    if (balance.granted === null || used <= balance.granted) return []
    const units = used - balance.granted
    balance.granted = used
    return [{ key, units }]
  })
  if (over.length === 0) return
  await client.query({
    name: 'insert-overages',
    text: `insert into quota_entry (tenant_id, feature_key, window_start, kind, units, at)
      select o.tenant_id, o.feature_key, o.window_start, 'overage', o.units, $5
      from unnest($1::text[], $2::text[], $3::timestamptz[], $4::int8[]) as o(tenant_id, feature_key, window_start, units)`,
    values: [
      textArray(over.map(({ key }) => key.tenantId)),
      textArray(over.map(({ key }) => key.featureKey)),
      textArray(over.map(({ key }) => key.window.startText)),
      plainArray(over.map(({ units }) => units)),
      now,
    ],
  })
}
