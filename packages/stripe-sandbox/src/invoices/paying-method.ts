import type { Books } from '../books/books.ts'
import type { PaymentMethod } from '../customers/payment-method.ts'
import { type Invoice, subscriptionOf } from './invoice.ts'

/** The card an invoice is charged to: its own, else its subscription's, else the customer's default. */
export function payingMethod(books: Books, invoice: Invoice): PaymentMethod | undefined {
  const subscriptionId = subscriptionOf(invoice)
  const subscription = subscriptionId === null ? undefined : books.get('subscriptions', subscriptionId)
  const id = invoice.default_payment_method ?? subscription?.default_payment_method ?? defaultMethodOf(books, invoice.customer)
  return id ? books.get('paymentMethods', id) : undefined
}

export function defaultMethodOf(books: Books, customer: string): string | null {
  return books.get('customers', customer)?.invoice_settings.default_payment_method ?? null
}
