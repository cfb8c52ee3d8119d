import type { PoolClient } from 'pg'
import { plainArray, textArray } from '../engine/array-literal.ts'
import type { TenantFacts } from '../tenant-facts.ts'
import type { CountableEvent } from './judged-event.ts'

/** Who reports usage, and when. */
export interface Reporter {
  tenant: TenantFacts
  callerId: string
  now: Date
}

/** @throws a unique violation when another request has counted one of these ids in the meantime */
export async function insertEvents(
  client: PoolClient,
  events: readonly CountableEvent[],
  { tenant, callerId, now }: Reporter,
): Promise<void> {
  await client.query({
    name: 'insert-events',
    text: `with event as materialized (
        select e.id, e.feature_key, e.amount, to_timestamp(e.at / 1000) as at, e.resource, e.properties::jsonb, e.content_hash, e.member_id
        from unnest($4::text[], $5::text[], $6::int8[], $7::float8[], $8::text[], $9::text[], $10::text[], $11::text[])
          as e(id, feature_key, amount, at, resource, properties, content_hash, member_id)
      ),
      known as (
        insert into usage_event_key (tenant_id, id, at, content_hash) select $1, id, at, content_hash from event order by id
      )
      insert into usage_event (tenant_id, id, feature_key, amount, at, received_at, caller_id, member_id, resource, properties)
      select $1, id, feature_key, amount, at, $2, $3, member_id, resource, properties from event`,
    values: [
      tenant.tenantId,
      now,
      callerId,
      textArray(events.map(({ id }) => id)),
      textArray(events.map(({ featureKey }) => featureKey)),
      plainArray(events.map(({ amount }) => amount)),
      plainArray(events.map(({ at }) => at)),
      textArray(events.map(({ resource }) => resource)),
      textArray(events.map(({ properties }) => properties)),
      textArray(events.map(({ contentHash }) => contentHash)),
      textArray(events.map(({ memberId }) => memberId)),
    ],
  })
}
