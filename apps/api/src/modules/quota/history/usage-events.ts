import type { EntityManager } from '@mikro-orm/postgresql'
import type { ExportEventsInput, UsageEventPage, UsageEventsInput, UsageEventView } from '@tollkeeper/shared'
import { invalidInput } from '../../../kernel/app-error.ts'
import type { TenantContext } from '../../../kernel/context.ts'
import { inTenant } from '../../../kernel/in-transaction.ts'

/**
 * The usage events that were counted, the latest to happen first.
 * @throws AppError input.invalid for a cursor that is not ours, or a value without its property
 */
export async function usageEvents(ctx: TenantContext, { limit, cursor, ...filters }: UsageEventsInput): Promise<UsageEventPage> {
  assertPropertyNamed(filters)
  const before = cursor === undefined ? null : readCursor(cursor)
  const found = await inTenant(ctx, (em) => readEvents(em, ctx.tenantId, filters, { before, limit: limit + 1 }))
  const rows = found.slice(0, limit)
  return { rows, nextCursor: found.length > limit ? cursorOf(rows.at(-1)!) : null }
}

/** @throws AppError input.invalid */
export function assertPropertyNamed({ property, value }: ExportEventsInput): void {
  if (value !== undefined && property === undefined) throw invalidInput('property', 'must be named, because `value` is')
}

/** One page of events, after the place that a page before ended at. */
export async function readEvents(
  em: EntityManager,
  tenantId: string,
  { feature, member, key, from, to, property, value }: ExportEventsInput,
  { before, limit }: { before: Pick<UsageEventView, 'at' | 'id'> | null; limit: number },
): Promise<UsageEventView[]> {
  const where: [sql: string, ...values: unknown[]][] = [['tenant_id = ?', tenantId]]
  if (feature !== undefined) where.push(['feature_key = ?', feature])
  if (member !== undefined) where.push(['? in (caller_id, member_id)', member])
  if (key !== undefined) where.push(['caller_id = ?', key])
  if (from !== undefined) where.push(['at >= ?', new Date(from)])
  if (to !== undefined) where.push(['at < ?', new Date(to)])
  if (property !== undefined && value === undefined) where.push(['properties ->> ? is not null', property])
  if (property !== undefined && value !== undefined) where.push(['properties ->> ? = ?', property, value])
  if (before) where.push(['at <= ?', new Date(before.at)], ['(at, id) < (?, ?)', new Date(before.at), before.id])
  const rows = await em.execute<UsageEventView[]>(
    `select id, feature_key as feature, amount::float8 as amount, at, received_at as "receivedAt", caller_id as caller, member_id as member,
       properties
     from usage_event where ${where.map(([sql]) => sql).join(' and ')} order by at desc, id desc limit ?`,
    [...where.flatMap(([, ...values]) => values), limit],
  )
  return rows.map((row) => ({ ...row, at: instantOf(row.at), receivedAt: instantOf(row.receivedAt) }))
}

/** A time as PostgreSQL writes it, as we do. */
function instantOf(at: string): string {
  return new Date(at).toISOString()
}

function cursorOf({ at, id }: Pick<UsageEventView, 'at' | 'id'>): string {
  return `${Date.parse(at)}.${id}`
}

function readCursor(cursor: string): Pick<UsageEventView, 'at' | 'id'> {
  const found = /^(\d{1,14})\.([\x21-\x7e]{1,128})$/.exec(cursor)
  if (!found) throw invalidInput('cursor', 'must be the `nextCursor` of a page')
  return { at: new Date(Number(found[1])).toISOString(), id: found[2]! }
}

/** One event by its id, whichever month it stands in, and when it was last sent again. */
export async function readEvent(
  em: EntityManager,
  tenantId: string,
  id: string,
): Promise<{ event: UsageEventView; repeatedAt: string | null } | null> {
  const rows = await em.execute<(UsageEventView & { repeatedAt: string | null })[]>(
    `select e.id, e.feature_key as feature, e.amount::float8 as amount, e.at, e.received_at as "receivedAt", e.caller_id as caller,
       e.member_id as member, e.properties, k.repeated_at as "repeatedAt"
     from usage_event_key k join usage_event e on e.tenant_id = k.tenant_id and e.at = k.at and e.id = k.id
     where k.tenant_id = ? and k.id = ?`,
    [tenantId, id],
  )
  if (!rows[0]) return null
  const { repeatedAt, ...event } = rows[0]
  return {
    event: { ...event, at: instantOf(event.at), receivedAt: instantOf(event.receivedAt) },
    repeatedAt: repeatedAt && instantOf(repeatedAt),
  }
}
