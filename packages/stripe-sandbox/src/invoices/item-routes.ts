import { z } from 'zod'
import { refused } from '../api/api-error.ts'
import { currency, filled, integer, metadata, paging, positive, text } from '../api/form.ts'
import { paginate } from '../api/paginate.ts'
import { type Route, route } from '../api/route.ts'
import { lineOf } from './draft-invoice.ts'
import { amountsOf } from './invoice.ts'
import { buildInvoiceItem } from './invoice-item.ts'

export const invoiceItemRoutes: Route[] = [
  route(
    'POST',
    '/v1/invoiceitems',
    {
      customer: filled,
      amount: integer.optional(),
      currency: currency.optional(),
      pricing: z.strictObject({ price: filled }).optional(),
      quantity: positive.optional(),
      description: text.optional(),
      metadata: metadata.optional(),
      invoice: filled.optional(),
      subscription: filled.optional(),
    },
    ({ books, input }) => {
      const customer = books.find('customers', input.customer, 'customer')
      const price = input.pricing ? books.find('prices', input.pricing.price, 'pricing[price]') : null
      const quantity = input.quantity ?? 1
      const amount = input.amount ?? (price?.unit_amount == null ? undefined : price.unit_amount * quantity)
      if (amount === undefined) throw refused('Missing required param: amount.', { code: 'parameter_missing', param: 'amount' })
      const invoice = input.invoice === undefined ? undefined : books.find('invoices', input.invoice, 'invoice')
      if (invoice && invoice.status !== 'draft') {
        throw refused('Only draft invoices can be changed.', { code: 'invoice_not_editable', param: 'invoice' })
      }
      const item = books.record(
        'invoiceItems',
        buildInvoiceItem(
          {
            customer: customer.id,
            amount,
            currency: price?.currency ?? input.currency ?? customer.currency ?? 'usd',
            description: input.description ?? null,
            quantity,
            period: { start: books.now(), end: books.now() },
            price,
            metadata: input.metadata,
            subscription: input.subscription ?? null,
            proration: false,
            invoice: invoice?.id,
          },
          books.now(),
        ),
        'invoiceitem.created',
      )
      if (invoice) {
        const data = [...invoice.lines.data, lineOf(item, invoice.id)]
        const lines = { ...invoice.lines, data }
        books.revise('invoices', invoice.id, { lines, ...amountsOf(data, invoice.starting_balance) }, 'invoice.updated')
      }
      return item
    },
  ),

  route('GET', '/v1/invoiceitems', { ...paging, customer: text.optional(), invoice: text.optional() }, ({ books, input }) => {
    const rows = books
      .all('invoiceItems')
      .filter((row) => row.customer === (input.customer ?? row.customer) && row.invoice === (input.invoice ?? row.invoice))
    return paginate(rows, '/v1/invoiceitems', input)
  }),

  route('GET', '/v1/invoiceitems/:id', {}, ({ books, id }) => books.find('invoiceItems', id)),

  route('DELETE', '/v1/invoiceitems/:id', {}, ({ books, id }) => {
    const item = books.find('invoiceItems', id)
    if (item.invoice !== null)
      throw refused('This item is already on an invoice and cannot be deleted.', { code: 'invoice_not_editable' })
    books.remove('invoiceItems', id)
    books.announce('invoiceitem.deleted', item)
    return { id, object: 'invoiceitem', deleted: true }
  }),
]
