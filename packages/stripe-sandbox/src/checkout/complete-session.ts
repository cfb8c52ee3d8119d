import { refused } from '../api/api-error.ts'
import type { Books } from '../books/books.ts'
import { attachCard } from '../customers/attach-card.ts'
import { buildCustomer, type Customer } from '../customers/customer.ts'
import { buildPaymentMethod, type PaymentMethod } from '../customers/payment-method.ts'
import type { TestCard } from '../customers/test-cards.ts'
import { cardDeclined } from '../payments/card-declined.ts'
import { confirmIntent } from '../payments/confirm-intent.ts'
import { buildPaymentIntent } from '../payments/payment-intent.ts'
import { startSubscription } from '../subscriptions/start-subscription.ts'
import type { CheckoutOrder, CheckoutSession } from './session.ts'

export interface Payment {
  email: string
  name: string | null
  card: TestCard
}

/**
 * Pays a session: makes the customer if there is none, takes the money, starts the subscription and closes the session.
 * A declined card throws (402), leaves its failed charge in the books and the session open.
 */
export function completeSession(books: Books, id: string, payment: Payment): CheckoutSession {
  const session = books.find('checkoutSessions', id)
  if (session.status !== 'open') {
    throw refused(`This checkout is ${session.status === 'complete' ? 'already paid' : 'no longer open'}.`, { param: 'session' })
  }
  const order = books.find('checkoutOrders', id)
  const due = session.amount_total ?? 0
  if (due > 0) assertNotDeclined(books, session, payment)
  const customer = customerOf(books, session, payment)
  const method = attachCard(books, customer.id, payment.card, { email: payment.email, name: payment.name })
  const outcome =
    session.mode === 'subscription' ? subscribe(books, customer, method, order) : pay(books, session, customer, method, order)
  return books.revise(
    'checkoutSessions',
    id,
    {
      ...outcome,
      status: 'complete',
      payment_status: due > 0 ? 'paid' : 'no_payment_required',
      customer: customer.id,
      url: null,
      customer_details: {
        address: null,
        business_name: null,
        email: payment.email,
        individual_name: null,
        name: payment.name,
        phone: null,
        tax_exempt: 'none',
        tax_ids: [],
      },
    },
    'checkout.session.completed',
  )
}

/** A decline must leave neither customer nor subscription behind, so it is found out with an intent of its own. */
function assertNotDeclined(books: Books, session: CheckoutSession, payment: Payment): void {
  const forced = session.customer === null ? undefined : books.get('paymentOutcomes', session.customer)?.outcome
  const declines = forced === undefined ? payment.card.behaviour !== 'pays' : forced === 'fail'
  if (!declines) return
  const method = books.record(
    'paymentMethods',
    buildPaymentMethod(payment.card, { email: payment.email, name: payment.name }, null, books.now()),
  )
  const intent = books.record(
    'paymentIntents',
    buildPaymentIntent(
      {
        amount: session.amount_total ?? 0,
        currency: session.currency ?? 'usd',
        customer: session.customer,
        description: null,
        paymentMethod: null,
      },
      books.now(),
    ),
    'payment_intent.created',
  )
  throw cardDeclined(confirmIntent(books, intent.id, method).intent, true)
}

function customerOf(books: Books, session: CheckoutSession, payment: Payment): Customer {
  if (session.customer !== null) return books.find('customers', session.customer)
  const customer = buildCustomer({ email: payment.email, name: payment.name }, books.now())
  return books.record('customers', customer, 'customer.created')
}

function subscribe(books: Books, customer: Customer, method: PaymentMethod, order: CheckoutOrder): Partial<CheckoutSession> {
  const trialEnd = order.trialDays === null ? order.trialEnd : books.now() + order.trialDays * 86_400
  const subscription = startSubscription(books, {
    customer: customer.id,
    items: order.lines.map(({ price, quantity }) => ({ price, quantity })),
    trialEnd,
    defaultPaymentMethod: method.id,
    description: order.subscriptionDescription,
    metadata: order.subscriptionMetadata,
  })
  return { subscription: subscription.id, invoice: subscription.latest_invoice }
}

function pay(
  books: Books,
  session: CheckoutSession,
  customer: Customer,
  method: PaymentMethod,
  order: CheckoutOrder,
): Partial<CheckoutSession> {
  if (!session.amount_total) return {}
  const intent = books.record(
    'paymentIntents',
    buildPaymentIntent(
      {
        amount: session.amount_total,
        currency: session.currency ?? 'usd',
        customer: customer.id,
        description: null,
        paymentMethod: method.id,
        metadata: order.paymentMetadata,
      },
      books.now(),
    ),
    'payment_intent.created',
  )
  confirmIntent(books, intent.id, method)
  return { payment_intent: intent.id }
}
