import type { EntityManager } from '@mikro-orm/postgresql'
import type { EventRefusal, EventTrace, UsageEventView } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { TenantContext } from '../../../kernel/context.ts'
import { inTenant } from '../../../kernel/in-transaction.ts'
import { readEvent } from '../history/usage-events.ts'
import { readRefusals } from './read-refusals.ts'
import { stepsOfCounted, stepsOfRefused } from './steps.ts'

const MOST_REFUSALS = 20

/** An entry of the ledger that the commit which counted an event wrote. */
export interface CountingEntry {
  id: string
  kind: string
  units: number
  /** Of the balance: its feature, which is another where the event is paid in credits, its window and its origin. */
  feature: string
  windowStart: string
  origin: string
}

/** What an operator said that the event should have said. */
export interface Correction {
  number: number
  amount: number
  at: string
}

/**
 * What became of one event: received, deduplicated, matched, counted, rated, each with the time and what shows it.
 * @throws AppError quota.event_unknown
 */
export async function traceEvent(ctx: TenantContext, { id }: { id: string }): Promise<EventTrace> {
  return inTenant(ctx, async (em) => {
    const refusals = (await readRefusals(em, ctx.tenantId, { id, limit: MOST_REFUSALS })).map(
      ({ id: _id, ...refusal }): EventRefusal => refusal,
    )
    const known = await readEvent(em, ctx.tenantId, id)
    if (known) {
      const entries = await countingEntries(em, ctx.tenantId, known.event)
      const { event, repeatedAt } = known
      const corrections = await correctionsOf(em, ctx.tenantId, id)
      const steps = stepsOfCounted({ event, repeatedAt, entries, corrections, refusals })
      return { id, state: 'counted', event, repeatedAt, steps, refusals }
    }
    const [latest] = refusals
    if (!latest) throw new AppError('quota.event_unknown')
    return { id, state: 'rejected', event: null, repeatedAt: null, steps: stepsOfRefused(latest), refusals }
  })
}

/**
 * A commit writes one time everywhere, so its entries are those of the event's feature, or of what pays for it, at the time it was
 * received. Of several windows that it counted in, the event's is the last that had begun.
 */
async function countingEntries(
  em: EntityManager,
  tenantId: string,
  { feature, caller, at, receivedAt }: UsageEventView,
): Promise<CountingEntry[]> {
  const rows = await em.execute<CountingEntry[]>(
    `with entry as (
       select *, max(window_start) filter (where kind = 'consume' and origin = 'plan') over () as its_window from quota_entry
       where tenant_id = ? and at = ? and window_start <= ?
         and (feature_key = ? or feature_key = (select credit_feature_key from feature where key = ?))
         and (kind = 'overage' or (kind = 'consume' and caller_id = ? and (feature_key = ? or asked_feature_key = ?)))
     )
     select id::text as id, kind, units::float8 as units, feature_key as feature, window_start as "windowStart", origin from entry
     where window_start = its_window or its_window is null or origin <> 'plan' order by id`,
    [tenantId, new Date(receivedAt), new Date(at), feature, feature, caller, feature, feature],
  )
  return rows.map((row) => ({ ...row, windowStart: new Date(row.windowStart).toISOString() }))
}

async function correctionsOf(em: EntityManager, tenantId: string, eventId: string): Promise<Correction[]> {
  const rows = await em.execute<Correction[]>(
    `select number, amount::float8 as amount, created_at as at from usage_correction where tenant_id = ? and event_id = ? order by number`,
    [tenantId, eventId],
  )
  return rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }))
}
