import { z } from 'zod'
import { Cadence, FeatureKey, FeatureKind, PlanKey } from './catalog.ts'
import { idOf } from './id.ts'
import { CalendarDay, Instant } from './time.ts'

/** Quantities are whole numbers of the feature's smallest unit, at least one, and exact in every JSON reader (below 2^53). */
export const Quantity = z.int().min(1).max(Number.MAX_SAFE_INTEGER)

/** Names one attempt: asking again with the same id gives the same answer and is charged once. */
export const RequestId = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces')

/** What is used, where a feature counts how many different ones: a document, a device, a person of the app's own. */
export const Resource = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must be without control characters')

export const AuthorizeInput = z.strictObject({
  feature: FeatureKey,
  amount: Quantity.default(1),
  resource: Resource.optional().describe('Of features that count different resources; others ignore it.'),
  member: idOf('user').optional().describe("The member an API key asks for: their part of the tenant's units holds as well."),
  requestId: RequestId.optional(),
})
export type AuthorizeInput = z.infer<typeof AuthorizeInput>
export const CheckInput = AuthorizeInput.omit({ requestId: true })
export type CheckInput = z.infer<typeof CheckInput>

/** The steps of a decision, in the order in which they are asked. */
export const decisionSteps = [
  'credential',
  'status',
  'membership',
  'permission',
  'subscription',
  'entitlement',
  'rate',
  'quota',
] as const
export const DecisionStep = z.enum(decisionSteps)
export type DecisionStep = z.infer<typeof DecisionStep>

export const DecisionCode = z.enum([
  'allowed',
  'auth.user_suspended',
  'tenant.suspended',
  'access.not_a_member',
  'access.forbidden',
  'api_key.scope_missing',
  'billing.payment_overdue',
  'quota.not_in_plan',
  'rate.limit_reached',
  'quota.cap_reached',
  'quota.limit_reached',
])
export type DecisionCode = z.infer<typeof DecisionCode>

/** What would make a refused request allowed. */
export const Remedy = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('upgrade'), plan: PlanKey, limit: z.int().nullable() }),
    z.strictObject({ kind: z.literal('wait'), until: Instant }),
    z.strictObject({ kind: z.literal('use_less'), amount: z.int() }),
    z.strictObject({ kind: z.literal('top_up'), feature: FeatureKey, units: z.int() }),
    z.strictObject({ kind: z.literal('raise_cap'), limit: z.int() }),
    z.strictObject({ kind: z.literal('pay_invoice') }),
    z.strictObject({ kind: z.literal('ask_role'), permission: z.string() }),
    z.strictObject({ kind: z.literal('issue_key'), scope: z.string() }),
    z.strictObject({ kind: z.literal('contact_operator') }),
  ])
  .meta({ id: 'Remedy' })
export type Remedy = z.infer<typeof Remedy>

export const Decision = z
  .strictObject({
    allowed: z.boolean(),
    decisionId: z.string(),
    code: DecisionCode,
    step: DecisionStep.nullable().describe('The step that refused; null when allowed.'),
    feature: FeatureKey,
    amount: z.int(),
    remaining: z.int().nullable().describe('Units left in the present window; null is unlimited.'),
    limit: z.int().nullable(),
    resetsAt: Instant.nullable(),
    overage: z.int().optional().describe('Units of this request beyond the limit; absent: none.'),
    credits: z
      .strictObject({ feature: FeatureKey, amount: z.int() })
      .optional()
      .describe('Where the feature is paid in credits: how many this is. `remaining` and `limit` are then in credits.'),
    remedies: z.array(Remedy),
  })
  .meta({ id: 'Decision' })
export type Decision = z.infer<typeof Decision>

export const ReserveInput = AuthorizeInput.extend({
  expiresIn: z.int().min(1).max(86_400).default(300).describe('Seconds for which the units are held.'),
})
export type ReserveInput = z.infer<typeof ReserveInput>

/** A decision that holds units rather than using them. */
export const ReservationDecision = z
  .strictObject({
    ...Decision.shape,
    reservationId: z.string().nullable().describe('Null when refused: nothing is held.'),
    expiresAt: Instant.nullable(),
  })
  .meta({ id: 'ReservationDecision' })
export type ReservationDecision = z.infer<typeof ReservationDecision>

export const ReservationInput = z.strictObject({ id: idOf('reservation') })
export type ReservationInput = z.infer<typeof ReservationInput>
export const CommitInput = ReservationInput.extend({
  amount: Quantity.describe('What was used: at most what is held. Where nothing was used, release it.'),
})
export type CommitInput = z.infer<typeof CommitInput>

export const ReservationView = z
  .strictObject({
    reservationId: z.string(),
    decisionId: z.string(),
    feature: FeatureKey,
    state: z.enum(['held', 'committed', 'released', 'expired']),
    amount: z.int().describe('What was reserved.'),
    used: z.int(),
    returned: z.int().describe('What came back of it.'),
    createdAt: Instant,
    expiresAt: Instant,
    settledAt: Instant.nullable().describe('When it was committed or released, or expired.'),
  })
  .meta({ id: 'Reservation' })
export type ReservationView = z.infer<typeof ReservationView>

export const Evidence = z.strictObject({ kind: z.string(), id: z.string() })
export const ExplainedStep = z.strictObject({
  step: DecisionStep,
  outcome: z.enum(['passed', 'refused']),
  code: DecisionCode,
  detail: z.string(),
  evidence: z.array(Evidence),
})
export type ExplainedStep = z.infer<typeof ExplainedStep>

/** Every step evaluated, not only to the first refusal; nothing is consumed. */
export const Explanation = z
  .strictObject({ decision: Decision, steps: z.array(ExplainedStep), smallestChange: Remedy.nullable() })
  .meta({ id: 'Explanation' })
export type Explanation = z.infer<typeof Explanation>

export const UsageProperties = z
  .record(z.string().min(1).max(64), z.union([z.string().max(256), z.number(), z.boolean()]))
  .refine((properties) => Object.keys(properties).length <= 32, 'must have at most 32 properties')

export const UsageEventInput = z.strictObject({
  id: RequestId.describe('Yours; a second event with the same id is counted once.'),
  feature: FeatureKey,
  amount: Quantity.default(1),
  resource: Resource.optional().describe('Of features that count different resources.'),
  member: idOf('user').optional().describe("The member an API key reports for: it is of their part of the tenant's units as well."),
  at: Instant.optional().describe('When it happened; absent: now.'),
  properties: UsageProperties.optional(),
  requestId: RequestId.optional().describe(
    'Of an `authorize` that got no answer within the last 24 hours: where it was counted, this event is a duplicate, and it is answered by this event otherwise.',
  ),
})
export type UsageEventInput = z.infer<typeof UsageEventInput>

export const TrackInput = z.strictObject({ events: z.array(UsageEventInput).min(1).max(1000) })
export type TrackInput = z.infer<typeof TrackInput>

export const EventFate = z.strictObject({
  id: z.string(),
  state: z.enum(['counted', 'duplicate', 'rejected']),
  code: z.string().nullable().describe('Why it was rejected.'),
  path: z.string().nullable().describe('Where in the request: `events.3.at`, or `at` where one event was all of it.'),
})
export type EventFate = z.infer<typeof EventFate>
export const TrackAnswer = z
  .strictObject({ counted: z.int(), duplicates: z.int(), rejected: z.int(), events: z.array(EventFate) })
  .meta({ id: 'TrackAnswer' })
export type TrackAnswer = z.infer<typeof TrackAnswer>

export const FeatureUsage = z
  .strictObject({
    feature: FeatureKey,
    name: z.string(),
    kind: FeatureKind,
    unit: z.string(),
    used: z.int(),
    reserved: z.int().describe('Held by reservations, beside what is used.'),
    limit: z.int().nullable(),
    remaining: z.int().nullable(),
    cadence: Cadence,
    windowStart: Instant.nullable(),
    resetsAt: Instant.nullable(),
    overage: z
      .strictObject({ used: z.int(), limit: z.int().nullable() })
      .optional()
      .describe('Use past the limit, where the plan allows it; absent: the limit is hard.'),
  })
  .meta({ id: 'FeatureUsage' })
export type FeatureUsage = z.infer<typeof FeatureUsage>

export const CurrentUsage = z
  .strictObject({ tenantId: z.string(), plan: PlanKey, asOf: Instant, features: z.array(FeatureUsage) })
  .meta({ id: 'CurrentUsage' })
export type CurrentUsage = z.infer<typeof CurrentUsage>

export const DailyUsageInput = z.strictObject({
  feature: FeatureKey,
  from: CalendarDay.optional().describe('Absent: 29 days before `to`.'),
  to: CalendarDay.optional().describe('Absent: today, UTC. At most 366 days after `from`.'),
})
export const DailyUsage = z
  .strictObject({ feature: FeatureKey, unit: z.string(), days: z.array(z.strictObject({ date: CalendarDay, amount: z.int() })) })
  .meta({ id: 'DailyUsage' })
export type DailyUsage = z.infer<typeof DailyUsage>
