import { noSuch, refused } from '../api/api-error.ts'
import type { Books } from '../books/books.ts'
import { attachCard } from './attach-card.ts'
import type { PaymentMethod } from './payment-method.ts'
import { testCardByToken } from './test-cards.ts'

/** Attaches a payment method by its id, or one of Stripe's ready-made ones (`pm_card_visa`) by its name, which makes a new one. */
export function attachNamed(books: Books, customerId: string, id: string): PaymentMethod {
  const customer = books.find('customers', customerId, 'customer')
  const card = testCardByToken(id)
  if (card) return attachCard(books, customer.id, card, { email: customer.email, name: customer.name })
  const method = books.get('paymentMethods', id)
  if (!method) throw noSuch('PaymentMethod', id)
  if (method.customer !== null && method.customer !== customer.id) {
    throw refused('The payment method you provided has already been attached to a customer.', {
      code: 'payment_method_unexpected_state',
    })
  }
  if (method.customer === customer.id) return method
  return books.revise('paymentMethods', id, { customer: customer.id }, 'payment_method.attached')
}
