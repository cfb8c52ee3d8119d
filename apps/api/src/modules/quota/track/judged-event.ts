import { createHash } from 'node:crypto'
import type { ErrorCode, EventFate, UsageEventInput } from '@tollkeeper/shared'
import type { Catalog } from '../../catalog/index.ts'
import type { TenantFacts } from '../tenant-facts.ts'

/** How long ago usage may have happened and still be reported. */
const LATE_BOUND_MS = 32 * 86_400_000
/** How far the reporter's clock may be ahead of ours. */
const FUTURE_BOUND_MS = 5 * 60_000

/** An event that can be counted, if it was not counted before. */
export interface CountableEvent {
  /** Its place in the request. */
  index: number
  id: string
  featureKey: string
  amount: number
  /** Milliseconds of the epoch. */
  at: number
  /** As JSON. */
  properties: string | null
  contentHash: string
}

export type JudgedEvent = { countable: CountableEvent } | { fate: EventFate }

/** Looks at one event by itself: can it be counted, and if not, why and where. */
export function judgeEvent(event: UsageEventInput, index: number, now: number, catalog: Catalog, tenant: TenantFacts): JudgedEvent {
  const reject = (code: ErrorCode | 'quota.not_in_plan', field: string) => ({ fate: rejected(event.id, index, code, field) })
  const feature = catalog.features.get(event.feature)
  if (!feature) return reject('catalog.feature_unknown', 'feature')
  if (feature.kind !== 'metered') return reject('quota.feature_not_metered', 'feature')
  if (!tenant.entitlements.has(feature.key)) return reject('quota.not_in_plan', 'feature')
  const at = event.at === undefined ? now : Date.parse(event.at)
  if (at < now - LATE_BOUND_MS) return reject('quota.event_too_old', 'at')
  if (at > now + FUTURE_BOUND_MS) return reject('quota.event_in_future', 'at')
  if (!isStorable(event.properties)) return reject('input.invalid', 'properties')
  return { countable: { index, id: event.id, featureKey: feature.key, amount: event.amount, at, ...contentOf(event) } }
}

export function rejected(id: string, index: number, code: string, field: string): EventFate {
  return { id, state: 'rejected', code, path: `events.${index}.${field}` }
}

/** What makes two events the same. An event without a time of its own is the same whenever it is sent again. */
function contentOf({ feature, amount, at, properties }: UsageEventInput): { properties: string | null; contentHash: string } {
  const sorted = properties ? Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1)) : []
  const content = JSON.stringify([feature, amount, at === undefined ? null : Date.parse(at), sorted])
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
