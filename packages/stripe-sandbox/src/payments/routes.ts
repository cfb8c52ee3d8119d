import { z } from 'zod'
import { refused } from '../api/api-error.ts'
import { created, filled, metadata, paging, positive, text, within } from '../api/form.ts'
import { paginate } from '../api/paginate.ts'
import { type Route, route } from '../api/route.ts'
import { refundCharge } from './refund.ts'

export const paymentRoutes: Route[] = [
  route('GET', '/v1/payment_intents', { ...paging, ...created, customer: text.optional() }, ({ books, input }) => {
    const rows = books.all('paymentIntents').filter((row) => within(row.created, input.created))
    const found = rows.filter((row) => row.customer === (input.customer ?? row.customer))
    return paginate(found, '/v1/payment_intents', input)
  }),
  route('GET', '/v1/payment_intents/:id', { client_secret: text.optional() }, ({ books, id }) => books.find('paymentIntents', id)),

  route(
    'GET',
    '/v1/charges',
    { ...paging, ...created, customer: text.optional(), payment_intent: text.optional() },
    ({ books, input }) => {
      const rows = books
        .all('charges')
        .filter((row) => within(row.created, input.created) && row.customer === (input.customer ?? row.customer))
        .filter((row) => row.payment_intent === (input.payment_intent ?? row.payment_intent))
      return paginate(rows, '/v1/charges', input)
    },
  ),
  route('GET', '/v1/charges/:id', {}, ({ books, id }) => books.find('charges', id)),

  route(
    'GET',
    '/v1/invoice_payments',
    {
      ...paging,
      ...created,
      invoice: text.optional(),
      status: text.optional(),
      payment: z.strictObject({ type: text, payment_intent: text.optional() }).optional(),
    },
    ({ books, input }) => {
      const intent = input.payment?.payment_intent
      const rows = books
        .all('invoicePayments')
        .filter((row) => row.invoice === (input.invoice ?? row.invoice) && row.status === (input.status ?? row.status))
        .filter((row) => row.payment.payment_intent === (intent ?? row.payment.payment_intent))
      return paginate(rows, '/v1/invoice_payments', input)
    },
  ),
  route('GET', '/v1/invoice_payments/:id', {}, ({ books, id }) => books.find('invoicePayments', id)),

  route(
    'POST',
    '/v1/refunds',
    {
      charge: filled.optional(),
      payment_intent: filled.optional(),
      amount: positive.optional(),
      reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
      metadata: metadata.optional(),
    },
    ({ books, input }) => {
      const intent = input.payment_intent ? books.find('paymentIntents', input.payment_intent, 'payment_intent') : null
      const charge = input.charge ?? intent?.latest_charge
      if (!charge)
        throw refused('One of `charge` or `payment_intent` is needed, and it must have been charged.', { param: 'charge' })
      return refundCharge(books, charge, { amount: input.amount, reason: input.reason ?? null, metadata: input.metadata ?? {} })
    },
  ),
  route(
    'GET',
    '/v1/refunds',
    { ...paging, ...created, charge: text.optional(), payment_intent: text.optional() },
    ({ books, input }) => {
      const rows = books
        .all('refunds')
        .filter((row) => within(row.created, input.created) && row.charge === (input.charge ?? row.charge))
        .filter((row) => row.payment_intent === (input.payment_intent ?? row.payment_intent))
      return paginate(rows, '/v1/refunds', input)
    },
  ),
  route('GET', '/v1/refunds/:id', {}, ({ books, id }) => books.find('refunds', id)),
]
