import type { EventFate, UsageEventInput } from '@tollkeeper/shared'
import type { Services } from '../../../kernel/services.ts'
import { plainArray, textArray } from '../engine/array-literal.ts'

interface Report {
  tenantId: string
  callerId: string
  now: Date
  events: readonly UsageEventInput[]
  /** In the order of the events. */
  fates: readonly EventFate[]
}

/**
 * Writes down why events were refused and that others came again, for whoever asks later what became of them. An id that is refused
 * again for the same reason is counted up, and one that comes again is noted once a minute, so repeating adds no rows. What was
 * counted is committed by then: failing to write this is logged and changes no answer.
 */
export async function rememberFates({ pool, logger }: Pick<Services, 'pool' | 'logger'>, report: Report): Promise<void> {
  try {
    await noteRefusals(pool, report)
    await noteRepetitions(pool, report)
  } catch (error) {
    logger.warn({ err: error, tenantId: report.tenantId }, 'the fates of usage events could not be written down')
  }
}

async function noteRefusals(pool: Services['pool'], { tenantId, callerId, now, events, fates }: Report): Promise<void> {
  const refused = new Map(
    fates.flatMap((fate, index) =>
      fate.state === 'rejected' ? [[`${fate.id} ${fate.code}`, { fate, event: events[index]! }]] : [],
    ),
  )
  if (refused.size === 0) return
  const all = [...refused.values()]
  await pool.query({
    name: 'note-refused-events',
    text: `insert into usage_rejection as r (tenant_id, event_id, code, field, feature_key, amount, happened_at, caller_id, first_at, last_at)
      select $1, n.event_id, n.code, n.field, n.feature_key, n.amount, n.happened_at, $2, $3, $3
      from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::int8[], $9::timestamptz[])
        as n(event_id, code, field, feature_key, amount, happened_at)
      order by n.event_id, n.code
      on conflict (tenant_id, event_id, code) do update set field = excluded.field, feature_key = excluded.feature_key,
        amount = excluded.amount, happened_at = excluded.happened_at, caller_id = excluded.caller_id, last_at = excluded.last_at,
        times = r.times + 1`,
    values: [
      tenantId,
      callerId,
      now,
      textArray(all.map(({ fate }) => fate.id)),
      textArray(all.map(({ fate }) => fate.code)),
      textArray(all.map(({ fate }) => fate.path?.split('.').slice(2).join('.') ?? '')),
      textArray(all.map(({ event }) => event.feature)),
      plainArray(all.map(({ event }) => event.amount)),
      textArray(all.map(({ event }) => event.at ?? null)),
    ],
  })
}

async function noteRepetitions(pool: Services['pool'], { tenantId, now, fates }: Report): Promise<void> {
  const ids = new Set(fates.flatMap(({ id, state }) => (state === 'duplicate' ? [id] : [])))
  if (ids.size === 0) return
  await pool.query({
    name: 'note-repeated-events',
    text: `update usage_event_key set repeated_at = $2 where ctid = any(array(
        select ctid from usage_event_key where tenant_id = $1 and id = any($3::text[])
          and (repeated_at is null or repeated_at < $2::timestamptz - interval '1 minute')
        order by id for update skip locked))`,
    values: [tenantId, now, textArray([...ids])],
  })
}
