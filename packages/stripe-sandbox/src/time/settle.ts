import type { Books, Ledger } from '../books/books.ts'
import { type Due, upcoming } from './due.ts'

const nobody = { id: null, idempotency_key: null }

/** Brings about everything that is due by now, in order, each at its own moment. Returns how many things happened. */
export function settle(ledger: Ledger): number {
  const until = ledger.books.now()
  let count = 0
  for (;;) {
    const due = earliest(ledger.books)
    if (!due || due.at > until) return count
    ledger.transact(nobody, (books) => books.at(due.at, () => due.run(books)))
    count += 1
  }
}

/** Events can be listed for so long and no longer; what has not been delivered yet is kept. */
export function forgetOld(books: Books): void {
  const oldest = books.now() - books.settings.eventRetentionDays * 86_400
  for (const event of books.all('events')) {
    if (event.created < oldest && event.pending_webhooks === 0) books.remove('events', event.id)
  }
  for (const delivery of books.all('deliveries')) {
    if (!books.get('events', delivery.event)) books.remove('deliveries', delivery.id)
  }
}

function earliest(books: Books): Due | undefined {
  let first: Due | undefined
  for (const due of upcoming(books)) {
    if (!first || due.at < first.at) first = due
  }
  return first
}
