import { z } from 'zod'
import { PlanKey } from './catalog.ts'
import { idOf } from './id.ts'
import { Money } from './money.ts'
import { Instant } from './time.ts'

/** Stripe's own statuses, plus `none`: the tenant is on the default plan without a subscription. */
export const SubscriptionStatus = z.enum([
  'incomplete',
  'incomplete_expired',
  'trialing',
  'active',
  'past_due',
  'unpaid',
  'paused',
  'canceled',
])
export type SubscriptionStatus = z.infer<typeof SubscriptionStatus>

export const SubscribeInput = z.strictObject({ plan: PlanKey })
export const CheckoutStarted = z.strictObject({ url: z.string() })

export const CurrentSubscription = z
  .strictObject({
    plan: PlanKey,
    planName: z.string(),
    status: z.union([SubscriptionStatus, z.literal('none')]),
    price: Money.nullable(),
    currentPeriodStart: Instant.nullable(),
    currentPeriodEnd: Instant.nullable(),
    cancelAtPeriodEnd: z.boolean(),
    id: idOf('subscription').nullable(),
  })
  .meta({ id: 'CurrentSubscription' })
export type CurrentSubscription = z.infer<typeof CurrentSubscription>

export const InvoiceView = z
  .strictObject({
    id: idOf('invoice'),
    number: z.string().nullable(),
    status: z.enum(['draft', 'open', 'paid', 'void', 'uncollectible']),
    total: Money,
    amountPaid: Money,
    createdAt: Instant,
    hostedUrl: z.string().nullable(),
    pdfUrl: z.string().nullable(),
  })
  .meta({ id: 'Invoice' })
export type InvoiceView = z.infer<typeof InvoiceView>
export const InvoiceList = z.strictObject({ invoices: z.array(InvoiceView) })
