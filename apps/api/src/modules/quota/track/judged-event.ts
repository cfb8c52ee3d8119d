import { createHash } from 'node:crypto'
import type { ErrorCode, EventFate, UsageEventInput } from '@tollkeeper/shared'
import type { EntitlementFact, Measure } from '../../../kernel/ports/quota-engine.ts'
import type { Catalog } from '../../catalog/index.ts'
import { balanceEntitlement } from '../decision/measure-of.ts'
import type { Reporter } from './insert-events.ts'

/** How long ago an `authorize` may have been asked whose answer an event asks for: as long as answers are sure to be kept. */
const ANSWER_BOUND_MS = 24 * 3_600_000

/** An event that can be counted, if it was not counted before. */
export interface CountableEvent {
  /** Its place in the request. */
  index: number
  id: string
  featureKey: string
  amount: number
  measure: Measure
  /** Of the balances it takes from: its own feature's, or the credit system's it is paid from. */
  entitlement: EntitlementFact
  resource: string | null
  /** Whom a key reports it for. */
  memberId: string | null
  /** Milliseconds of the epoch. */
  at: number
  /** As JSON. */
  properties: string | null
  contentHash: string
  /** Of the `authorize` it stands for. */
  requestId: string | null
}

export type JudgedEvent = { countable: CountableEvent } | { fate: EventFate }

/** Looks at one event by itself: can it be counted, and if not, why and where. */
export function judgeEvent(
  event: UsageEventInput,
  index: number,
  catalog: Catalog,
  { tenant, callerId, now: receivedAt }: Reporter,
): JudgedEvent {
  const now = receivedAt.getTime()
  const reject = (code: ErrorCode | 'quota.not_in_plan', field: string) => ({ fate: rejected(event.id, index, code, field) })
  const feature = catalog.features.get(event.feature)
  if (!feature) return reject('catalog.feature_unknown', 'feature')
  if (feature.kind !== 'metered') return reject('quota.feature_not_metered', 'feature')
  const entitlement = balanceEntitlement(tenant, feature)
  if (!entitlement) return reject('quota.not_in_plan', 'feature')
  if (feature.aggregation === 'unique' && event.resource === undefined) return reject('quota.resource_missing', 'resource')
  // whoever is signed in reports for themselves
  if (event.member !== undefined && event.member !== callerId && callerId.startsWith('usr_'))
    return reject('input.invalid', 'member')
  const at = event.at === undefined ? now : Date.parse(event.at)
  if (at < now - feature.lateSeconds * 1000) return reject('quota.event_too_old', 'at')
  if (at > now + feature.futureSeconds * 1000) return reject('quota.event_in_future', 'at')
  if (event.requestId !== undefined && at < now - ANSWER_BOUND_MS) return reject('quota.request_too_old', 'requestId')
  if (!isStorable(event.properties)) return reject('input.invalid', 'properties')
  const { id, amount, resource = null, member = null, requestId = null } = event
  const measure = { featureKey: feature.key, aggregation: feature.aggregation, rate: feature.credits }
  const content = contentOf(event)
  const of = { featureKey: feature.key, measure, entitlement, resource, memberId: member }
  return { countable: { index, id, amount, at, requestId, ...of, ...content } }
}

export function rejected(id: string, index: number, code: string, field: string): EventFate {
  return { id, state: 'rejected', code, path: `events.${index}.${field}` }
}

/** What makes two events the same. An event without a time of its own is the same whenever it is sent again. */
function contentOf({ feature, amount, resource, member, at, properties }: UsageEventInput): {
  properties: string | null
  contentHash: string
} {
  const sorted = properties ? Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1)) : []
  const said = [feature, amount, at === undefined ? null : Date.parse(at), sorted]
  if (resource !== undefined || member !== undefined) said.push(resource ?? null)
  if (member !== undefined) said.push(member)
  const content = JSON.stringify(said)
  return {
    properties: properties ? JSON.stringify(properties) : null,
    contentHash: createHash('sha256').update(content).digest('base64url'),
  }
}

/** PostgreSQL's JSON takes neither the character zero nor half of a surrogate pair. */
function isStorable(properties: UsageEventInput['properties']): boolean {
  return Object.entries(properties ?? {})
    .flat()
    .every((part) => typeof part !== 'string' || (part.isWellFormed() && !part.includes('\0')))
}
