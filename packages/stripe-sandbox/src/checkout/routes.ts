import { z } from 'zod'
import { refused } from '../api/api-error.ts'
import { created, filled, flag, ignored, integer, metadata, paging, positive, text, url, within } from '../api/form.ts'
import { paginate } from '../api/paginate.ts'
import { type Route, route } from '../api/route.ts'
import { expireSession } from './expire-session.ts'
import { sessionLines } from './line-items.ts'
import { openSession } from './open-session.ts'

const lineItem = z.strictObject({ price: filled, quantity: positive.optional(), adjustable_quantity: ignored })

const subscriptionData = z.strictObject({
  metadata: metadata.optional(),
  description: text.optional(),
  trial_period_days: positive.optional(),
  trial_end: positive.optional(),
  trial_settings: ignored,
  proration_behavior: ignored,
  billing_mode: ignored,
})

export const checkoutRoutes: Route[] = [
  route(
    'POST',
    '/v1/checkout/sessions',
    {
      mode: z.enum(['subscription', 'payment'], { error: 'The sandbox knows mode=subscription and mode=payment' }),
      line_items: z.array(lineItem).max(20),
      success_url: url,
      cancel_url: url.optional(),
      customer: filled.optional(),
      customer_email: text.optional(),
      client_reference_id: text.max(200).optional(),
      metadata: metadata.optional(),
      subscription_data: subscriptionData.optional(),
      payment_intent_data: z
        .strictObject({ metadata: metadata.optional(), description: ignored, setup_future_usage: ignored })
        .optional(),
      expires_at: integer.optional(),
      locale: text.optional(),
      allow_promotion_codes: flag.optional(),
      automatic_tax: ignored,
      billing_address_collection: ignored,
      consent_collection: ignored,
      custom_text: ignored,
      customer_creation: ignored,
      customer_update: ignored,
      invoice_creation: ignored,
      payment_method_collection: ignored,
      payment_method_types: ignored,
      phone_number_collection: ignored,
      submit_type: ignored,
      tax_id_collection: ignored,
      ui_mode: z.enum(['hosted', 'hosted_page'], { error: 'The sandbox only has the hosted page' }).optional(),
    },
    ({ books, input }) => {
      if (input.customer !== undefined && input.customer_email !== undefined) {
        throw refused('You may only specify one of these parameters: customer, customer_email.', { param: 'customer_email' })
      }
      return openSession(books, {
        mode: input.mode,
        lines: input.line_items,
        customer: input.customer ?? null,
        customerEmail: input.customer_email ?? null,
        clientReferenceId: input.client_reference_id ?? null,
        metadata: input.metadata ?? {},
        successUrl: input.success_url,
        cancelUrl: input.cancel_url ?? null,
        expiresAt: input.expires_at,
        locale: input.locale ?? null,
        allowPromotionCodes: input.allow_promotion_codes ?? null,
        trialEnd: input.subscription_data?.trial_end ?? null,
        trialDays: input.subscription_data?.trial_period_days ?? null,
        subscriptionMetadata: input.subscription_data?.metadata ?? {},
        subscriptionDescription: input.subscription_data?.description ?? null,
        paymentMetadata: input.payment_intent_data?.metadata ?? {},
      })
    },
  ),

  route(
    'GET',
    '/v1/checkout/sessions',
    {
      ...paging,
      ...created,
      customer: text.optional(),
      subscription: text.optional(),
      payment_intent: text.optional(),
      status: z.enum(['open', 'complete', 'expired']).optional(),
    },
    ({ books, input }) => {
      const rows = books
        .all('checkoutSessions')
        .filter((row) => within(row.created, input.created) && row.status === (input.status ?? row.status))
        .filter(
          (row) =>
            row.customer === (input.customer ?? row.customer) && row.subscription === (input.subscription ?? row.subscription),
        )
        .filter((row) => row.payment_intent === (input.payment_intent ?? row.payment_intent))
      return paginate(rows, '/v1/checkout/sessions', input)
    },
  ),

  route('GET', '/v1/checkout/sessions/:id', {}, ({ books, id }) => books.find('checkoutSessions', id)),

  route('GET', '/v1/checkout/sessions/:id/line_items', paging, ({ books, id, input }) => {
    const { data, url: path } = sessionLines(books, id)
    return paginate([...data].reverse(), path, input)
  }),

  route('POST', '/v1/checkout/sessions/:id/expire', {}, ({ books, id }) => expireSession(books, id)),
]
