import { refused } from '../api/api-error.ts'
import type { Books } from '../books/books.ts'
import type { PaymentMethod } from '../customers/payment-method.ts'
import { confirmIntent, type PaymentAttempt } from '../payments/confirm-intent.ts'
import { afterFailed } from '../subscriptions/follow-invoice.ts'
import type { Invoice } from './invoice.ts'
import type { InvoicePayment } from './invoice-payment.ts'
import { markPaid } from './mark-paid.ts'
import { payingMethod } from './paying-method.ts'

/** `paid: false` with no attempt means there was no card to charge. */
export interface Collection {
  paid: boolean
  invoice: Invoice
  attempt: PaymentAttempt | null
}

/** Charges an open invoice once and records what came of it, on the invoice and on its subscription. */
export function collectInvoice(books: Books, invoiceId: string, chosen?: PaymentMethod): Collection {
  const invoice = books.find('invoices', invoiceId)
  if (invoice.status !== 'open') return { paid: invoice.status === 'paid', invoice, attempt: null }
  const method = chosen ?? payingMethod(books, invoice)
  const payment = openPayment(books, invoice)
  const attempt = method ? confirmIntent(books, payment.payment.payment_intent, method) : null
  if (attempt?.paid) {
    const at = books.now()
    books.revise(
      'invoicePayments',
      payment.id,
      { status: 'paid', amount_paid: invoice.amount_due, status_transitions: { canceled_at: null, paid_at: at } },
      'invoice_payment.paid',
    )
    return { paid: true, invoice: markPaid(books, invoice, { amount: invoice.amount_due, attempts: 1 }), attempt }
  }
  const failed = books.revise(
    'invoices',
    invoice.id,
    {
      attempted: true,
      attempt_count: invoice.attempt_count + 1,
      next_payment_attempt: nextAttempt(books, invoice),
    },
    'invoice.payment_failed',
  )
  afterFailed(books, failed)
  return { paid: false, invoice: books.find('invoices', invoice.id), attempt }
}

export function openPayment(books: Books, invoice: Invoice): InvoicePayment {
  const payment = books.all('invoicePayments').find((row) => row.invoice === invoice.id && row.status === 'open')
  if (!payment) throw refused(`Invoice ${invoice.id} has no payment to confirm.`, { param: 'invoice' })
  return payment
}

/** Renewals are tried again on the account's schedule; the first invoice of a subscription is not. */
function nextAttempt(books: Books, invoice: Invoice): number | null {
  if (!invoice.auto_advance || invoice.billing_reason === 'subscription_create') return null
  const days = books.settings.retryDays[invoice.attempt_count]
  return days === undefined ? null : books.now() + days * 86_400
}
