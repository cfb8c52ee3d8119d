import type { Books } from '../books/books.ts'
import { attachCard } from '../customers/attach-card.ts'
import { failingCard, payingCard } from '../customers/test-cards.ts'
import type { PortalSession } from '../portal/portal-session.ts'
import type { Sandbox } from '../sandbox.ts'
import { changeSubscription } from '../subscriptions/change-subscription.ts'
import { readChange } from '../subscriptions/read-change.ts'
import { hasEnded } from '../subscriptions/subscription.ts'
import type { Form, Reply } from './page-reply.ts'
import { portalPage } from './portal-page.ts'

const nobody = { id: null, idempotency_key: null }

/** Carries out one button of the portal and shows the portal again with what happened. */
export function submitPortal(sandbox: Sandbox, id: string, form: Form): Reply {
  const said = sandbox.ledger.transact(nobody, (books) => act(books, books.find('portalSessions', id), form))
  const { books } = sandbox.ledger
  return { status: 200, page: portalPage(books, books.find('portalSessions', id), said) }
}

function act(books: Books, session: PortalSession, form: Form): string | null {
  if (form.intent === 'good-card') return useCard(books, session.customer, true)
  if (form.intent === 'bad-card') return useCard(books, session.customer, false)
  const subscription = books.find('subscriptions', form.subscription ?? '', 'subscription')
  if (subscription.customer !== session.customer || hasEnded(subscription)) return null
  const ends = form.intent === 'cancel'
  changeSubscription(books, subscription.id, readChange(books, subscription, { cancel_at_period_end: ends }))
  return ends ? 'Your subscription ends with its period. Until then you can keep it.' : 'Your subscription goes on.'
}

function useCard(books: Books, customerId: string, pays: boolean): string {
  const customer = books.find('customers', customerId, 'customer')
  const method = attachCard(books, customerId, pays ? payingCard : failingCard, { email: customer.email, name: customer.name })
  const settings = { ...customer.invoice_settings, default_payment_method: method.id }
  books.revise('customers', customerId, { invoice_settings: settings }, 'customer.updated')
  for (const subscription of books.all('subscriptions')) {
    if (subscription.customer !== customerId || hasEnded(subscription) || subscription.default_payment_method === null) continue
    books.revise('subscriptions', subscription.id, { default_payment_method: method.id }, 'customer.subscription.updated')
  }
  return pays ? 'Later charges go to a card that pays.' : 'Later charges go to a card that fails.'
}
