import type Stripe from 'stripe'
import { refused } from '../api/api-error.ts'
import type { Books } from '../books/books.ts'
import { newId } from '../objects/new-id.ts'
import type { Metadata } from '../objects/shape.ts'
import { assertTogether, recurringPrice } from '../subscriptions/resolve-items.ts'
import { periodAmount } from '../subscriptions/subscription-item.ts'
import { buildSession, type CheckoutSession } from './session.ts'

export interface OpenInput {
  mode: CheckoutSession['mode']
  lines: { price: string; quantity?: number }[]
  customer: string | null
  customerEmail: string | null
  clientReferenceId: string | null
  metadata: Metadata
  successUrl: string
  cancelUrl: string | null
  expiresAt?: number
  locale: Stripe.Checkout.Session.Locale | null
  allowPromotionCodes: boolean | null
  trialEnd: number | null
  trialDays: number | null
  subscriptionMetadata: Metadata
  subscriptionDescription: string | null
  paymentMetadata: Metadata
}

const hour = 3600

/** Opens a hosted checkout: a page where a person pays for these lines, or leaves. */
export function openSession(books: Books, input: OpenInput): CheckoutSession {
  const now = books.now()
  if (input.customer !== null) books.find('customers', input.customer, 'customer')
  const lines = input.lines.map((line, index) => {
    const param = `line_items[${index}][price]`
    const price = input.mode === 'subscription' ? recurringPrice(books, line.price, param) : oneTimePrice(books, line.price, param)
    return { id: newId('li'), price, quantity: line.quantity ?? 1 }
  })
  const [first] = lines
  if (!first) throw refused('You must provide at least one line item.', { code: 'parameter_missing', param: 'line_items' })
  if (input.mode === 'subscription') {
    assertTogether(lines.map((line) => ({ price: recurringPrice(books, line.price.id, 'line_items') })))
  }
  const expiresAt = input.expiresAt ?? now + 24 * hour
  if (expiresAt < now + hour / 2 || expiresAt > now + 24 * hour) {
    throw refused('The `expires_at` timestamp must be from 30 minutes to 24 hours after Checkout Session creation.', {
      param: 'expires_at',
    })
  }
  const free = input.trialDays !== null || (input.trialEnd ?? 0) > now
  const session = books.record(
    'checkoutSessions',
    buildSession(
      {
        mode: input.mode,
        amount: free ? 0 : lines.reduce((sum, line) => sum + periodAmount(line), 0),
        currency: first.price.currency,
        customer: input.customer,
        customerEmail: input.customerEmail,
        clientReferenceId: input.clientReferenceId,
        metadata: input.metadata,
        successUrl: input.successUrl,
        cancelUrl: input.cancelUrl,
        expiresAt,
        locale: input.locale,
        allowPromotionCodes: input.allowPromotionCodes,
        link: books.links.checkout,
      },
      now,
    ),
  )
  books.record('checkoutOrders', {
    id: session.id,
    lines: lines.map(({ id, price, quantity }) => ({ id, price: price.id, quantity })),
    trialEnd: input.trialEnd,
    trialDays: input.trialDays,
    subscriptionMetadata: input.subscriptionMetadata,
    subscriptionDescription: input.subscriptionDescription,
    paymentMetadata: input.paymentMetadata,
  })
  return session
}

function oneTimePrice(books: Books, id: string, param: string) {
  const price = books.find('prices', id, param)
  if (price.recurring) {
    throw refused('You must use `subscription` mode when any of the line items has a recurring price.', { param })
  }
  return price
}
