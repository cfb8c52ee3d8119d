import { createHash } from 'node:crypto'
import type { ErrorCode, EventFate, UsageEventInput } from '@tollkeeper/shared'
import type { EntitlementFact, Measure } from '../../../kernel/ports/quota-engine.ts'
import type { Catalog } from '../../catalog/index.ts'
import { balanceEntitlement } from '../decision/measure-of.ts'
import type { TenantFacts } from '../tenant-facts.ts'

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
export function judgeEvent(event: UsageEventInput, index: number, now: number, catalog: Catalog, tenant: TenantFacts): JudgedEvent {
  const reject = (code: ErrorCode | 'quota.not_in_plan', field: string) => ({ fate: rejected(event.id, index, code, field) })
  const feature = catalog.features.get(event.feature)
  if (!feature) return reject('catalog.feature_unknown', 'feature')
  if (feature.kind !== 'metered') return reject('quota.feature_not_metered', 'feature')
  const entitlement = balanceEntitlement(tenant, feature)
  if (!entitlement) return reject('quota.not_in_plan', 'feature')
  if (feature.aggregation === 'unique' && event.resource === undefined) return reject('quota.resource_missing', 'resource')
  const at = event.at === undefined ? now : Date.parse(event.at)
  if (at < now - feature.lateSeconds * 1000) return reject('quota.event_too_old', 'at')
  if (at > now + feature.futureSeconds * 1000) return reject('quota.event_in_future', 'at')
  if (event.requestId !== undefined && at < now - ANSWER_BOUND_MS) return reject('quota.request_too_old', 'requestId')
  if (!isStorable(event.properties)) return reject('input.invalid', 'properties')
  const { id, amount, resource = null, requestId = null } = event
  const measure = { featureKey: feature.key, aggregation: feature.aggregation, rate: feature.credits }
  const content = contentOf(event)
  return { countable: { index, id, featureKey: feature.key, amount, measure, entitlement, resource, at, requestId, ...content } }
}

export function rejected(id: string, index: number, code: string, field: string): EventFate {
  return { id, state: 'rejected', code, path: `events.${index}.${field}` }
}

/** What makes two events the same. An event without a time of its own is the same whenever it is sent again. */
function contentOf({ feature, amount, resource, at, properties }: UsageEventInput): {
  properties: string | null
  contentHash: string
} {
  const sorted = properties ? Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1)) : []
  const said = [feature, amount, at === undefined ? null : Date.parse(at), sorted]
  const content = JSON.stringify(resource === undefined ? said : [...said, resource])
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
