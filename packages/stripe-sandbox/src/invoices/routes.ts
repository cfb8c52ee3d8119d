import { z } from 'zod'
import { refused } from '../api/api-error.ts'
import { created, filled, flag, ignored, metadata, metadataChange, paging, positive, text, within } from '../api/form.ts'
import { paginate } from '../api/paginate.ts'
import { type Route, route } from '../api/route.ts'
import { mergeMetadata } from '../objects/metadata.ts'
import { itemChange, prorationShape } from '../subscriptions/read-change.ts'
import { giveUpInvoice, voidInvoice } from './close-invoice.ts'
import { draftInvoice } from './draft-invoice.ts'
import { finalizeInvoice } from './finalize-invoice.ts'
import { subscriptionOf } from './invoice.ts'
import { payInvoice } from './pay-invoice.ts'
import { previewInvoice } from './preview-invoice.ts'

export const invoiceRoutes: Route[] = [
  route(
    'GET',
    '/v1/invoices',
    {
      ...paging,
      ...created,
      customer: text.optional(),
      subscription: text.optional(),
      status: z.enum(['draft', 'open', 'paid', 'uncollectible', 'void']).optional(),
      collection_method: text.optional(),
    },
    ({ books, input }) => {
      const rows = books
        .all('invoices')
        .filter((row) => within(row.created, input.created) && row.status === (input.status ?? row.status))
        .filter((row) => row.customer === (input.customer ?? row.customer))
        .filter((row) => row.collection_method === (input.collection_method ?? row.collection_method))
        .filter((row) => input.subscription === undefined || subscriptionOf(row) === input.subscription)
      return paginate(rows, '/v1/invoices', input)
    },
  ),

  route('GET', '/v1/invoices/:id', {}, ({ books, id }) => books.find('invoices', id)),

  route('GET', '/v1/invoices/:id/lines', paging, ({ books, id, input }) => {
    const { lines } = books.find('invoices', id)
    return paginate([...lines.data].reverse(), lines.url, input)
  }),

  route(
    'POST',
    '/v1/invoices',
    {
      customer: filled,
      currency: text.optional(),
      collection_method: z.enum(['charge_automatically', 'send_invoice']).optional(),
      days_until_due: positive.optional(),
      default_payment_method: filled.optional(),
      description: text.optional(),
      metadata: metadata.optional(),
      auto_advance: ignored,
      pending_invoice_items_behavior: z.enum(['include', 'exclude']).optional(),
    },
    ({ books, input }) => {
      const customer = books.find('customers', input.customer, 'customer')
      const currency = input.currency ?? customer.currency ?? 'usd'
      const waiting = books
        .all('invoiceItems')
        .filter((item) => item.customer === customer.id && item.invoice === null && item.currency === currency && !item.parent)
      return draftInvoice(books, {
        customer: customer.id,
        currency,
        reason: 'manual',
        period: { start: books.now(), end: books.now() },
        lines: [],
        pending: input.pending_invoice_items_behavior === 'include' ? waiting : [],
        subscription: null,
        collectionMethod: input.collection_method,
        defaultPaymentMethod: input.default_payment_method,
        description: input.description,
        metadata: input.metadata,
      })
    },
  ),

  route(
    'POST',
    '/v1/invoices/create_preview',
    {
      customer: filled.optional(),
      subscription: filled.optional(),
      currency: ignored,
      automatic_tax: ignored,
      subscription_details: z
        .strictObject({
          ...prorationShape,
          items: z.array(itemChange).max(20).optional(),
          billing_cycle_anchor: z.enum(['now', 'unchanged']).optional(),
          cancel_at_period_end: flag.optional(),
          cancel_now: flag.optional(),
          trial_end: z.union([z.literal('now'), positive]).optional(),
          billing_mode: ignored,
        })
        .optional(),
    },
    ({ books, input }) => previewInvoice(books, input),
  ),

  route(
    'POST',
    '/v1/invoices/:id',
    { description: text.optional(), metadata: metadataChange.optional(), auto_advance: flag.optional() },
    ({ books, id, input }) => {
      const invoice = books.find('invoices', id)
      const next = {
        description: input.description === undefined ? invoice.description : input.description || null,
        metadata: mergeMetadata(invoice.metadata, input.metadata),
        auto_advance: input.auto_advance ?? invoice.auto_advance,
      }
      return books.revise('invoices', id, next, 'invoice.updated')
    },
  ),

  route('POST', '/v1/invoices/:id/finalize', { auto_advance: flag.optional() }, ({ books, id, input }) => {
    const invoice = books.find('invoices', id)
    if (invoice.status !== 'draft') {
      throw refused("This invoice is already finalized, you can't re-finalize a non-draft invoice.", {
        code: 'invoice_not_editable',
      })
    }
    return finalizeInvoice(books, id, input.auto_advance ?? false)
  }),

  route(
    'POST',
    '/v1/invoices/:id/pay',
    { paid_out_of_band: flag.optional(), payment_method: filled.optional(), off_session: ignored },
    ({ books, id, input }) =>
      payInvoice(books, id, { outOfBand: input.paid_out_of_band ?? false, paymentMethod: input.payment_method }),
  ),

  route('POST', '/v1/invoices/:id/send', {}, ({ books, id }) => {
    const found = books.find('invoices', id)
    const invoice = found.status === 'draft' ? finalizeInvoice(books, id, false) : found
    books.announce('invoice.sent', invoice)
    return invoice
  }),
  route('POST', '/v1/invoices/:id/void', {}, ({ books, id }) => voidInvoice(books, id)),
  route('POST', '/v1/invoices/:id/mark_uncollectible', {}, ({ books, id }) => giveUpInvoice(books, id)),

  route('DELETE', '/v1/invoices/:id', {}, ({ books, id }) => {
    const invoice = books.find('invoices', id)
    if (invoice.status !== 'draft' || subscriptionOf(invoice) !== null) {
      throw refused('You can only delete one-off draft invoices. Void this one instead.', { code: 'invoice_not_editable' })
    }
    for (const item of books.all('invoiceItems')) if (item.invoice === id) books.remove('invoiceItems', item.id)
    books.remove('invoices', id)
    books.announce('invoice.deleted', invoice)
    return { id, object: 'invoice', deleted: true }
  }),
]
