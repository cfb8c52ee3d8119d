import { ApiError, refused } from '../api/api-error.ts'
import type { Books } from '../books/books.ts'
import { cardDeclined } from '../payments/card-declined.ts'
import { abandonPayment } from './close-invoice.ts'
import { collectInvoice } from './collect-invoice.ts'
import { finalizeInvoice } from './finalize-invoice.ts'
import type { Invoice } from './invoice.ts'
import { markPaid } from './mark-paid.ts'

export interface PayInput {
  /** Settled outside Stripe: nothing is charged. */
  outOfBand: boolean
  /** A card to use instead of the customer's. */
  paymentMethod?: string
}

/** Pays an invoice at someone's request. A declined card throws (402) and the failed attempt stays recorded. */
export function payInvoice(books: Books, id: string, { outOfBand, paymentMethod }: PayInput): Invoice {
  const found = books.find('invoices', id)
  if (found.status === 'paid') throw refused('Invoice is already paid', { code: 'invoice_already_paid' })
  if (found.status === 'void' || found.status === 'uncollectible') {
    throw refused(`The invoice is ${found.status}, so it cannot be paid.`, { code: 'invoice_not_editable' })
  }
  const invoice = found.status === 'draft' ? finalizeInvoice(books, id, true) : found
  if (invoice.status === 'paid') return invoice
  if (outOfBand) {
    abandonPayment(books, invoice)
    return markPaid(books, invoice, { amount: invoice.amount_due, attempts: 0 })
  }
  const method = paymentMethod === undefined ? undefined : books.find('paymentMethods', paymentMethod, 'payment_method')
  const { paid, attempt, invoice: after } = collectInvoice(books, id, method)
  if (paid) return after
  if (attempt) throw cardDeclined(attempt.intent, true)
  throw new ApiError(
    400,
    'invalid_request_error',
    'There is no payment method to charge. Attach one to the customer and make it the default, or pass `payment_method`.',
    { code: 'invoice_payment_intent_requires_action' },
  )
}
