import type { Books } from '../books/books.ts'
import { afterPaid } from '../subscriptions/follow-invoice.ts'
import type { Invoice } from './invoice.ts'

/** Closes an open invoice as paid by `amount` minor units and lets its subscription know. */
export function markPaid(books: Books, invoice: Invoice, { amount, attempts }: { amount: number; attempts: number }): Invoice {
  const now = books.now()
  const paid = books.revise(
    'invoices',
    invoice.id,
    {
      status: 'paid',
      amount_paid: amount,
      amount_remaining: 0,
      attempted: true,
      attempt_count: invoice.attempt_count + attempts,
      auto_advance: false,
      next_payment_attempt: null,
      status_transitions: { ...invoice.status_transitions, paid_at: now },
    },
    'invoice.paid',
  )
  books.announce('invoice.payment_succeeded', paid)
  afterPaid(books, paid)
  return paid
}
