import { refused } from '../api/api-error.ts'
import type { Books } from '../books/books.ts'
import type { CheckoutSession } from './session.ts'

/** Closes an unpaid session; its page then only says so. */
export function expireSession(books: Books, id: string): CheckoutSession {
  const session = books.find('checkoutSessions', id)
  if (session.status !== 'open') {
    throw refused(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
    )
  }
  return books.revise('checkoutSessions', id, { status: 'expired', url: null }, 'checkout.session.expired')
}
