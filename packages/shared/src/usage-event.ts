import { z } from 'zod'
import { FeatureKey } from './catalog.ts'
import { idOf } from './id.ts'
import { PageInput, pageOf } from './paging.ts'
import { UsageEventInput } from './quota.ts'
import { Instant } from './time.ts'

const filters = {
  feature: FeatureKey.optional(),
  member: idOf('user').optional().describe('Only what this person reported.'),
  key: idOf('apiKey').optional().describe('Only what this API key reported.'),
  from: Instant.optional().describe('Only what happened then or later.'),
  to: Instant.optional().describe('Only what happened before.'),
}
const ofEvents = {
  ...filters,
  member: idOf('user').optional().describe('Only what this person reported, or a key for them.'),
  property: z.string().min(1).max(64).optional().describe('Only events with this property.'),
  value: z.string().max(256).optional().describe('Only events whose `property` has this value.'),
}

export const UsageEventsInput = PageInput.extend(ofEvents)
export type UsageEventsInput = z.infer<typeof UsageEventsInput>
export const ExportEventsInput = z.strictObject(ofEvents)
export type ExportEventsInput = z.infer<typeof ExportEventsInput>
export const ExportLedgerInput = z.strictObject(filters)
export type ExportLedgerInput = z.infer<typeof ExportLedgerInput>

export const UsageEventView = z
  .strictObject({
    id: z.string(),
    feature: FeatureKey,
    amount: z.int(),
    at: Instant.describe('When it happened.'),
    receivedAt: Instant,
    caller: z.string().nullable().describe('Who reported it: the id of a user or an API key.'),
    member: z.string().nullable().describe('Whom a key reported it for.'),
    properties: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).nullable(),
  })
  .meta({ id: 'UsageEvent' })
export type UsageEventView = z.infer<typeof UsageEventView>
export const UsageEventPage = pageOf(UsageEventView).meta({ id: 'UsageEventPage' })
export type UsageEventPage = z.infer<typeof UsageEventPage>

/** A file that is made while it is read. REST answers its text alone; over tRPC it takes a link that streams. */
export const FileStream = z.strictObject({ name: z.string(), text: z.custom<AsyncIterable<string>>() })
export type FileStream = z.infer<typeof FileStream>

/** What an event goes through, in this order. */
export const traceSteps = ['received', 'deduplicated', 'matched', 'counted', 'rated'] as const
export const TraceStep = z.strictObject({
  step: z.enum(traceSteps),
  outcome: z.enum(['passed', 'refused', 'not_reached']),
  at: Instant.nullable(),
  code: z.string().nullable().describe('Why it was refused, as `track` answered.'),
  detail: z.string(),
  evidence: z.array(z.strictObject({ kind: z.string(), id: z.string() })),
})
export type TraceStep = z.infer<typeof TraceStep>

export const EventRefusal = z.strictObject({
  code: z.string(),
  field: z.string(),
  feature: z.string(),
  amount: z.int(),
  at: Instant.nullable().describe('When it was said to have happened.'),
  caller: z.string(),
  firstAt: Instant,
  lastAt: Instant,
  times: z.int(),
})
export type EventRefusal = z.infer<typeof EventRefusal>

export const UsageEventIdInput = z.strictObject({ id: UsageEventInput.shape.id })
export const EventTrace = z
  .strictObject({
    id: z.string(),
    state: z.enum(['counted', 'rejected']),
    event: UsageEventView.nullable().describe('Null: it was never counted.'),
    repeatedAt: Instant.nullable().describe('When it was last sent again, to about a minute; it was counted once.'),
    steps: z.array(TraceStep),
    refusals: z
      .array(EventRefusal)
      .describe('Every reason for which an event with this id was refused, for 30 days; the latest first.'),
  })
  .meta({ id: 'EventTrace' })
export type EventTrace = z.infer<typeof EventTrace>

export const RejectedEvent = EventRefusal.extend({ id: z.string() })
export type RejectedEvent = z.infer<typeof RejectedEvent>
export const RejectedEventPage = pageOf(RejectedEvent).meta({ id: 'RejectedEventPage' })
export type RejectedEventPage = z.infer<typeof RejectedEventPage>
