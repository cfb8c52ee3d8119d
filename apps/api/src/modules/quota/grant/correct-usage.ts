import type { EntityManager } from '@mikro-orm/postgresql'
import { UsageCorrection as StoredCorrection } from '@tollkeeper/db'
import type { CorrectUsageInput, UsageCorrection } from '@tollkeeper/shared'
import type { ClientBase } from 'pg'
import { AppError } from '../../../kernel/app-error.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import type { EntitlementFact } from '../../../kernel/ports/quota-engine.ts'
import { writeAudit } from '../../audit/index.ts'
import { type CatalogFeature, catalogOf } from '../../catalog/index.ts'
import { findFeature } from '../decision/decide.ts'
import { balanceEntitlement, canBeHeld } from '../decision/measure-of.ts'
import type { Capped } from '../engine/cap-of.ts'
import { beginLocks } from '../engine/client-in.ts'
import { lockPools } from '../engine/lock-pools.ts'
import { measured } from '../engine/measured.ts'
import { takeBackGrant } from '../engine/take-back-grant.ts'
import { windowOf } from '../engine/window-of.ts'
import { writeConsumption } from '../engine/write-consumption.ts'
import { readFacts } from '../tenant-facts.ts'
import { capsOfEvent, EventBooks } from '../track/event-books.ts'
import { requireTenant } from './require-tenant.ts'

interface ReportedEvent {
  featureKey: string
  amount: number
  at: Date
  receivedAt: Date
  callerId: string | null
  memberId: string | null
  corrections: number
}

/**
 * Says what a usage event should have said. The event stays as it was reported; the ledger gets entries that name it, in the window in
 * which it happened. What comes back can be used again, and what is more counts even past the limit, as usage does.
 * @throws AppError tenant.not_found, quota.event_not_found, quota.not_correctable, quota.not_in_plan
 */
export async function correctUsage(ctx: UserContext, input: CorrectUsageInput): Promise<UsageCorrection> {
  const { services, caller, requestId } = ctx
  const { tenantId, eventId, amount, reason } = input
  const catalog = await catalogOf(services)
  const tenant = await readFacts(services.pool, tenantId)
  return inSystemTransaction(
    services,
    async ({ em, now }) => {
      await requireTenant(em, tenantId)
      const event = await readEvent(em, tenantId, eventId)
      const feature = findFeature(catalog, event.featureKey)
      if (!canBeHeld(feature)) throw new AppError('quota.not_correctable')
      const entitlement = balanceEntitlement(tenant, feature)
      if (!entitlement) throw new AppError('quota.event_not_found')
      const answer = { eventId, feature: feature.key, before: event.amount, amount, correctedAt: now.toISOString() }
      if (amount === event.amount) return answer
      const number = event.corrections + 1
      em.create(StoredCorrection, { tenantId, eventId, number, amount, reason, createdBy: caller.userId, createdAt: now })
      await em.flush()
      const books = new EventBooks({ tenant, callerId: event.callerId ?? caller.userId, now }, new Set(), eventId)
      await change(await beginLocks(em), books, { event, feature, entitlement, tenantId, amount, now })
      const details = { eventId, feature: feature.key, before: event.amount, after: amount, reason }
      writeAudit(em, { tenantId, action: 'quota.usage_corrected', target: eventId, details, caller, requestId, at: now })
      return answer
    },
    ctx,
  ).then((answer) => {
    services.quota.roomCameBack(tenantId)
    return answer
  })
}

async function change(
  client: ClientBase,
  books: EventBooks,
  {
    event,
    feature,
    entitlement,
    tenantId,
    amount,
    now,
  }: { event: ReportedEvent; feature: CatalogFeature; entitlement: EntitlementFact; tenantId: string; amount: number; now: Date },
): Promise<void> {
  const at = event.at.getTime()
  const { featureKey, cadence, windows } = entitlement
  const window = windowOf(cadence, at, windows)
  const caps = await capsThatCounted(client, { tenantId, entitlement, event, windowStart: window.startText })
  const key = { tenantId, featureKey, cadence, ...(windows ? { windows } : {}), window, at, caps }
  const [pool] = await lockPools(client, [key], now)
  if (!pool) throw new AppError('service.unavailable', { detail: 'The plan changes at this moment; nothing was corrected.' })
  const { aggregation, credits: rate } = feature
  const unitsFor = (said: number) => (said === 0 ? 0 : measured({ aggregation, rate }, { amount: said, current: 0, seen: false }))
  const units = unitsFor(amount) - unitsFor(event.amount)
  books.correct(pool, {
    units,
    asked: amount - event.amount,
    featureKey: feature.key,
    balanceFeatureKey: featureKey,
    rate,
    at,
    memberId: event.memberId,
  })
  if (books.entries.length > 0) await writeConsumption(client, books, now)
  if (!books.hasReturned) return
  await takeBackGrant(client, [...books.changed], now)
  if ([...books.changed].some(({ kind }) => kind === 'grant')) await lookBesideThePlan(client, { tenantId, featureKey, now })
}

/** The parts of who reported the event and of whom it was for, as far as there were any when it was counted: use from before a cap is no part of it. */
async function capsThatCounted(
  client: ClientBase,
  {
    tenantId,
    entitlement,
    event,
    windowStart,
  }: { tenantId: string; entitlement: EntitlementFact; event: ReportedEvent; windowStart: string },
): Promise<Capped[]> {
  if (event.callerId === null) return []
  const caps = capsOfEvent({ entitlement, memberId: event.memberId }, event.callerId)
  const { rows } = await client.query<{ holder: string }>(
    `select origin as holder from quota_entry
     where tenant_id = $1 and feature_key = $2 and window_start = $3 and kind = 'grant' group by 1 having min(at) <= $4`,
    [tenantId, entitlement.featureKey, windowStart, event.receivedAt],
  )
  return caps.filter(({ holder }) => rows.some((row) => row.holder === holder))
}

/** A grant that was used up before the present window began is no part of it; one that got units back is. */
async function lookBesideThePlan(
  client: ClientBase,
  { tenantId, featureKey, now }: { tenantId: string; featureKey: string; now: Date },
): Promise<void> {
  await client.query(
    `update balance b set pooled = true from (
       select tenant_id, feature_key, window_start from balance
       where tenant_id = $1 and feature_key = $2 and origin = 'plan' and not pooled and coalesce(window_end, 'infinity'::timestamptz) > $3
       order by tenant_id, feature_key, window_start for update) p
     where b.tenant_id = p.tenant_id and b.feature_key = p.feature_key and b.window_start = p.window_start and b.origin = 'plan'`,
    [tenantId, featureKey, now],
  )
}

async function readEvent(em: EntityManager, tenantId: string, eventId: string): Promise<ReportedEvent> {
  const [row] = await em.execute<(Omit<ReportedEvent, 'at' | 'receivedAt'> & { at: string; receivedAt: string })[]>(
    `select e.feature_key as "featureKey", e.at, e.received_at as "receivedAt", e.caller_id as "callerId", e.member_id as "memberId",
       coalesce((select c.amount from usage_correction c where c.tenant_id = e.tenant_id and c.event_id = e.id order by c.number desc limit 1),
         e.amount)::float8 as amount,
       (select count(*)::int from usage_correction c where c.tenant_id = e.tenant_id and c.event_id = e.id) as corrections
     from usage_event_key k join usage_event e on e.tenant_id = k.tenant_id and e.at = k.at and e.id = k.id
     where k.tenant_id = ? and k.id = ?`,
    [tenantId, eventId],
  )
  if (!row) throw new AppError('quota.event_not_found')
  return { ...row, at: new Date(row.at), receivedAt: new Date(row.receivedAt) }
}
