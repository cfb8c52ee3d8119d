import type { Books } from '../books/books.ts'
import { buildPaymentIntent } from '../payments/payment-intent.ts'
import type { BillingReason, Invoice } from './invoice.ts'
import { buildInvoicePayment } from './invoice-payment.ts'
import { markPaid } from './mark-paid.ts'
import { payingMethod } from './paying-method.ts'

const daySeconds = 86_400

const intentDescriptions: Record<BillingReason, string> = {
  manual: 'Payment for invoice',
  subscription_create: 'Subscription creation',
  subscription_cycle: 'Subscription update',
  subscription_update: 'Subscription update',
}

/** Gives the draft its number, takes the customer's balance into account and opens it for payment; with nothing due it is paid at once. */
export function finalizeInvoice(books: Books, invoiceId: string, autoAdvance: boolean): Invoice {
  const draft = books.find('invoices', invoiceId)
  const now = books.now()
  const { number, starting, ending } = takeBalance(books, draft)
  const due = Math.max(0, draft.total + starting)
  const open = books.revise(
    'invoices',
    draft.id,
    {
      status: 'open',
      number,
      auto_advance: autoAdvance,
      starting_balance: starting,
      ending_balance: ending,
      amount_due: due,
      amount_remaining: due,
      effective_at: now,
      due_date: draft.collection_method === 'send_invoice' ? now + daysUntilDue(books, draft) * daySeconds : null,
      hosted_invoice_url: books.links.invoice(draft.id),
      invoice_pdf: `${books.links.invoice(draft.id)}/pdf`,
      status_transitions: { ...draft.status_transitions, finalized_at: now },
      webhooks_delivered_at: now,
    },
    'invoice.finalized',
  )
  if (due === 0) return markPaid(books, open, { amount: 0, attempts: 0 })
  const intent = books.record(
    'paymentIntents',
    buildPaymentIntent(
      {
        amount: due,
        currency: open.currency,
        customer: open.customer,
        description: intentDescriptions[open.billing_reason],
        paymentMethod: payingMethod(books, open)?.id ?? null,
      },
      now,
    ),
    'payment_intent.created',
  )
  books.record('invoicePayments', buildInvoicePayment(open, intent.id, now))
  return open
}

/** A credit shrinks what is due and is used up by it; a total below zero becomes credit for the next invoice. */
function takeBalance(books: Books, draft: Invoice): { number: string; starting: number; ending: number } {
  const customer = books.find('customers', draft.customer)
  const sequence = customer.next_invoice_sequence
  const ending = Math.min(0, draft.total + customer.balance)
  books.revise('customers', customer.id, { balance: ending, next_invoice_sequence: sequence + 1 }, 'customer.updated')
  return {
    number: `${customer.invoice_prefix}-${String(sequence).padStart(4, '0')}`,
    starting: customer.balance,
    ending,
  }
}

function daysUntilDue(books: Books, draft: Invoice): number {
  const id = draft.parent?.subscription_details?.subscription
  const subscription = typeof id === 'string' ? books.get('subscriptions', id) : undefined
  return subscription?.days_until_due ?? 30
}
