import { ApiError } from '../api/api-error.ts'
import type { Books } from '../books/books.ts'
import { declineMessage } from '../payments/charge.ts'
import { buildPaymentMethod, type Payer, type PaymentMethod } from './payment-method.ts'
import type { TestCard } from './test-cards.ts'

/** Keeps a test card for a customer. A card that is declined outright cannot be kept (402). */
export function attachCard(books: Books, customer: string, card: TestCard, payer: Payer): PaymentMethod {
  books.find('customers', customer, 'customer')
  if (card.behaviour === 'declines') {
    const declineCode = card.declineCode ?? 'generic_decline'
    throw new ApiError(402, 'card_error', declineMessage(declineCode), { code: 'card_declined', decline_code: declineCode })
  }
  return books.record('paymentMethods', buildPaymentMethod(card, payer, customer, books.now()), 'payment_method.attached')
}
