import type { Books } from '../books/books.ts'
import type { TableName } from '../books/tables.ts'
import { sessionLines } from '../checkout/line-items.ts'
import { listOf } from '../objects/shape.ts'
import { refused } from './api-error.ts'

type Fields = Record<string, unknown>

/** Fields that hold an id, and the table of what it names. */
const references: Record<string, TableName[]> = {
  customer: ['customers', 'deletedCustomers'],
  product: ['products'],
  default_price: ['prices'],
  subscription: ['subscriptions'],
  invoice: ['invoices'],
  latest_invoice: ['invoices'],
  payment_intent: ['paymentIntents'],
  latest_charge: ['charges'],
  charge: ['charges'],
  payment_method: ['paymentMethods'],
  default_payment_method: ['paymentMethods'],
  price: ['prices'],
}

/** Fields that are only there when asked for, by `object.field`. */
const includable: Record<string, (books: Books, id: string) => unknown> = {
  'checkout.session.line_items': sessionLines,
  'invoice.payments': (books, id) =>
    listOf(
      books.all('invoicePayments').filter((row) => row.invoice === id),
      `/v1/invoice_payments?invoice=${id}`,
    ),
  'invoice.confirmation_secret': (books, id) => {
    const payment = books.all('invoicePayments').findLast((row) => row.invoice === id && row.status === 'open')
    if (!payment) return null
    return { client_secret: books.find('paymentIntents', payment.payment.payment_intent).client_secret, type: 'payment_intent' }
  },
  'charge.refunds': (books, id) =>
    listOf(
      books
        .all('refunds')
        .filter((row) => row.charge === id)
        .reverse(),
      `/v1/charges/${id}/refunds`,
    ),
  'customer.subscriptions': (books, id) =>
    listOf(
      books
        .all('subscriptions')
        .filter((row) => row.customer === id && row.status !== 'canceled')
        .reverse(),
      `/v1/customers/${id}/subscriptions`,
    ),
}

/** A copy of `answer` in which each path (`latest_invoice.payments`, `data.customer`) holds the object instead of its id. */
export function expand(books: Books, answer: object, paths: string[]): object {
  return paths.reduce<object>((value, path) => expandPath(books, value, path.split('.'), path) as object, answer)
}

function expandPath(books: Books, value: unknown, [key, ...rest]: string[], path: string): unknown {
  if (key === undefined || value === null || value === undefined) return value
  if (Array.isArray(value)) return value.map((each) => expandPath(books, each, [key, ...rest], path))
  if (typeof value !== 'object') throw cannotExpand(path)
  const fields = value as Fields
  const held = resolve(books, fields, key, path)
  return { ...fields, [key]: expandPath(books, held, rest, path) }
}

function resolve(books: Books, fields: Fields, key: string, path: string): unknown {
  const include = includable[`${String(fields.object)}.${key}`]
  if (include && typeof fields.id === 'string') return include(books, fields.id)
  const held = fields[key]
  if (typeof held === 'string') {
    for (const table of references[key] ?? []) {
      const row = books.get(table, held)
      if (row) return row
    }
    throw cannotExpand(path)
  }
  if (held === undefined) throw cannotExpand(path)
  return held
}

function cannotExpand(path: string) {
  return refused(`This property cannot be expanded (${path}).`, { param: 'expand' })
}
