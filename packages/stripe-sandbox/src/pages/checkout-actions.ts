import { ApiError } from '../api/api-error.ts'
import { completeSession } from '../checkout/complete-session.ts'
import { declinedCard, testCardByNumber } from '../customers/test-cards.ts'
import type { Sandbox } from '../sandbox.ts'
import { checkoutPage, type Entered, returnAddress } from './checkout-page.ts'
import type { Form, Reply } from './page-reply.ts'

const nobody = { id: null, idempotency_key: null }

/** Pays as the form says and sends the person back to the app; a decline shows the form again with the reason. */
export function submitCheckout(sandbox: Sandbox, id: string, form: Form): Reply {
  const { ledger } = sandbox
  const entered: Entered = { email: form.email ?? '', name: form.name ?? '', card: form.card ?? '' }
  const again = (fault: string, status: number): Reply => ({
    status,
    page: checkoutPage(ledger.books, ledger.books.find('checkoutSessions', id), fault, entered),
  })
  if (ledger.books.find('checkoutSessions', id).status !== 'open') {
    return { status: 409, page: checkoutPage(ledger.books, ledger.books.find('checkoutSessions', id), null) }
  }
  const declined = form.intent === 'decline'
  const email = entered.email.trim() || (declined ? 'buyer@example.com' : '')
  if (!email.includes('@')) return again('Enter the email address the receipt goes to.', 422)
  const card = declined ? declinedCard : testCardByNumber(entered.card)
  if (!card) return again('That is not a test card. Use 4242 4242 4242 4242, which always pays.', 422)
  try {
    const name = entered.name.trim() || null
    return { redirect: returnAddress(ledger.transact(nobody, (books) => completeSession(books, id, { email, name, card }))) }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return again(`${error.message} Nothing was charged; you can try again with another card.`, error.status)
  }
}
