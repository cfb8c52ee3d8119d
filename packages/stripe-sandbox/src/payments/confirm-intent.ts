import type { Books } from '../books/books.ts'
import type { PaymentMethod } from '../customers/payment-method.ts'
import { testCardByLastFour } from '../customers/test-cards.ts'
import { buildCharge, type Charge, declineMessage } from './charge.ts'
import type { PaymentIntent } from './payment-intent.ts'

export interface PaymentAttempt {
  paid: boolean
  intent: PaymentIntent
  charge: Charge
}

/** Tries to take the intent's amount from the card. A decline is a result, not an exception: it leaves a failed charge behind. */
export function confirmIntent(books: Books, intentId: string, method: PaymentMethod): PaymentAttempt {
  const intent = books.find('paymentIntents', intentId)
  const declineCode = declineCodeFor(books, intent.customer, method)
  const charge = books.record(
    'charges',
    buildCharge(intent, method, declineCode, books.now()),
    declineCode === null ? 'charge.succeeded' : 'charge.failed',
  )
  if (declineCode === null) {
    const paid = books.revise(
      'paymentIntents',
      intent.id,
      {
        status: 'succeeded',
        amount_received: intent.amount,
        latest_charge: charge.id,
        payment_method: method.id,
        last_payment_error: null,
      },
      'payment_intent.succeeded',
    )
    return { paid: true, intent: paid, charge }
  }
  const failed = books.revise(
    'paymentIntents',
    intent.id,
    {
      status: 'requires_payment_method',
      latest_charge: charge.id,
      payment_method: null,
      last_payment_error: {
        type: 'card_error',
        code: 'card_declined',
        decline_code: declineCode,
        message: declineMessage(declineCode),
        charge: charge.id,
      },
    },
    'payment_intent.payment_failed',
  )
  return { paid: false, intent: failed, charge }
}

function declineCodeFor(books: Books, customer: string | null, method: PaymentMethod): string | null {
  const forced = customer === null ? undefined : books.get('paymentOutcomes', customer)?.outcome
  if (forced === 'succeed') return null
  if (forced === 'fail') return 'generic_decline'
  return testCardByLastFour(method.card.last4).declineCode
}
