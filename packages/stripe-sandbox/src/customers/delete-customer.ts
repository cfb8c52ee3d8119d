import type { Books } from '../books/books.ts'
import { endSubscription } from '../subscriptions/end-subscription.ts'
import { hasEnded } from '../subscriptions/subscription.ts'
import type { DeletedCustomer } from './customer.ts'

/** Ends all the customer's subscriptions and leaves only the id behind. */
export function deleteCustomer(books: Books, id: string): DeletedCustomer {
  const customer = books.find('customers', id)
  for (const subscription of books.all('subscriptions')) {
    if (subscription.customer === id && !hasEnded(subscription)) {
      endSubscription(books, subscription.id, { reason: 'cancellation_requested' })
    }
  }
  books.remove('customers', id)
  books.announce('customer.deleted', customer)
  return books.record('deletedCustomers', { id, object: 'customer', deleted: true })
}
