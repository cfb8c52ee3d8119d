import { z } from 'zod'
import { created, filled, flag, ignored, metadata, paging, positive, text, within } from '../api/form.ts'
import { paginate } from '../api/paginate.ts'
import { type Route, route } from '../api/route.ts'
import { cancelSubscription } from './cancel-subscription.ts'
import { changeSubscription } from './change-subscription.ts'
import { readChange, updateShape } from './read-change.ts'
import { startSubscription } from './start-subscription.ts'
import { hasEnded, type Subscription } from './subscription.ts'

const newItem = z.strictObject({ price: filled, quantity: positive.optional(), metadata: metadata.optional() })

const statuses = [
  'all',
  'ended',
  'active',
  'canceled',
  'incomplete',
  'incomplete_expired',
  'past_due',
  'paused',
  'trialing',
  'unpaid',
] as const

export const subscriptionRoutes: Route[] = [
  route(
    'POST',
    '/v1/subscriptions',
    {
      customer: filled,
      items: z.array(newItem).min(1).max(20),
      cancel_at_period_end: flag.optional(),
      collection_method: z.enum(['charge_automatically', 'send_invoice']).optional(),
      days_until_due: positive.optional(),
      default_payment_method: filled.optional(),
      description: text.optional(),
      metadata: metadata.optional(),
      payment_behavior: z.enum(['allow_incomplete', 'default_incomplete', 'error_if_incomplete']).optional(),
      trial_end: positive.optional(),
      trial_period_days: positive.optional(),
      trial_settings: z
        .strictObject({ end_behavior: z.strictObject({ missing_payment_method: z.enum(['create_invoice', 'cancel']) }) })
        .optional(),
      automatic_tax: ignored,
      billing_mode: ignored,
      currency: ignored,
      off_session: ignored,
      payment_settings: ignored,
      proration_behavior: ignored,
      trial_from_plan: ignored,
    },
    ({ books, input }) => {
      if (input.default_payment_method) books.find('paymentMethods', input.default_payment_method, 'default_payment_method')
      return startSubscription(books, {
        customer: input.customer,
        items: input.items,
        trialEnd: input.trial_period_days ? books.now() + input.trial_period_days * 86_400 : (input.trial_end ?? null),
        collectionMethod: input.collection_method,
        daysUntilDue: input.days_until_due ?? null,
        defaultPaymentMethod: input.default_payment_method ?? null,
        paymentBehaviour: input.payment_behavior,
        missingPaymentMethod: input.trial_settings?.end_behavior.missing_payment_method,
        description: input.description ?? null,
        metadata: input.metadata,
        cancelAtPeriodEnd: input.cancel_at_period_end,
      })
    },
  ),

  route(
    'GET',
    '/v1/subscriptions',
    {
      ...paging,
      ...created,
      customer: text.optional(),
      price: text.optional(),
      status: z.enum(statuses).optional(),
      collection_method: text.optional(),
    },
    ({ books, input }) => {
      const rows = books
        .all('subscriptions')
        .filter((row) => within(row.created, input.created) && row.customer === (input.customer ?? row.customer))
        .filter((row) => row.collection_method === (input.collection_method ?? row.collection_method))
        .filter((row) => input.price === undefined || row.items.data.some((item) => item.price.id === input.price))
        .filter((row) => hasStatus(row, input.status))
      return paginate(rows, '/v1/subscriptions', input)
    },
  ),

  route('GET', '/v1/subscriptions/:id', {}, ({ books, id }) => books.find('subscriptions', id)),

  route('POST', '/v1/subscriptions/:id', updateShape, ({ books, id, input }) =>
    changeSubscription(books, id, readChange(books, books.find('subscriptions', id), input)),
  ),

  route(
    'DELETE',
    '/v1/subscriptions/:id',
    {
      prorate: flag.optional(),
      invoice_now: flag.optional(),
      cancellation_details: z.strictObject({ comment: text.optional(), feedback: text.optional() }).optional(),
    },
    ({ books, id, input }) =>
      cancelSubscription(books, id, {
        prorate: input.prorate ?? false,
        invoiceNow: input.invoice_now ?? false,
        details: { comment: input.cancellation_details?.comment ?? null, feedback: input.cancellation_details?.feedback ?? null },
      }),
  ),
]

/** Without a filter Stripe leaves out what was canceled. */
function hasStatus(subscription: Subscription, status: (typeof statuses)[number] | undefined): boolean {
  if (status === undefined) return subscription.status !== 'canceled'
  if (status === 'all') return true
  return status === 'ended' ? hasEnded(subscription) : subscription.status === status
}
