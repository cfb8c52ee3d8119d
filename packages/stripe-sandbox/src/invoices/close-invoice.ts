import { refused } from '../api/api-error.ts'
import type { Books } from '../books/books.ts'
import { afterVoided } from '../subscriptions/follow-invoice.ts'
import { openPayment } from './collect-invoice.ts'
import type { Invoice } from './invoice.ts'

/** Void: as if it had never been sent. Only an unpaid, finalized invoice can be voided. */
export function voidInvoice(books: Books, invoiceId: string): Invoice {
  const invoice = books.find('invoices', invoiceId, 'invoice')
  if (invoice.status !== 'open' && invoice.status !== 'uncollectible') {
    throw refused(`You can only pass in open or uncollectible invoices. This invoice is ${invoice.status}.`, { param: 'invoice' })
  }
  abandonPayment(books, invoice)
  const voided = books.revise(
    'invoices',
    invoice.id,
    {
      status: 'void',
      auto_advance: false,
      next_payment_attempt: null,
      status_transitions: { ...invoice.status_transitions, voided_at: books.now() },
    },
    'invoice.voided',
  )
  afterVoided(books, voided)
  return voided
}

/** Uncollectible: still owed, no longer expected. */
export function giveUpInvoice(books: Books, invoiceId: string): Invoice {
  const invoice = books.find('invoices', invoiceId, 'invoice')
  if (invoice.status !== 'open') {
    throw refused(`You can only mark open invoices as uncollectible. This invoice is ${invoice.status}.`, { param: 'invoice' })
  }
  return books.revise(
    'invoices',
    invoice.id,
    {
      status: 'uncollectible',
      auto_advance: false,
      next_payment_attempt: null,
      status_transitions: { ...invoice.status_transitions, marked_uncollectible_at: books.now() },
    },
    'invoice.marked_uncollectible',
  )
}

/** Paid by other means: no charge is made. */
export function abandonPayment(books: Books, invoice: Invoice): void {
  const payment = openPayment(books, invoice)
  const now = books.now()
  books.revise('invoicePayments', payment.id, { status: 'canceled', status_transitions: { canceled_at: now, paid_at: null } })
  books.revise(
    'paymentIntents',
    payment.payment.payment_intent,
    { status: 'canceled', canceled_at: now, cancellation_reason: 'void_invoice' },
    'payment_intent.canceled',
  )
}
