import type { Books } from '../books/books.ts'
import type { InvoiceItem } from '../invoices/invoice-item.ts'
import type { Subscription } from './subscription.ts'

/** What waits for this subscription's next invoice: its own prorations, and items of the customer that belong to no subscription. */
export function pendingItemsOf(books: Books, subscription: Subscription): InvoiceItem[] {
  return books.all('invoiceItems').filter((item) => {
    if (item.invoice !== null || item.customer !== subscription.customer || item.currency !== subscription.currency) return false
    const owner = item.parent?.subscription_details?.subscription
    return owner === undefined || owner === subscription.id
  })
}
