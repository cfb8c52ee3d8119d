import { ApiError } from '../api/api-error.ts'
import { payInvoice } from '../invoices/pay-invoice.ts'
import type { Sandbox } from '../sandbox.ts'
import { invoicePage } from './invoice-page.ts'
import type { Reply } from './page-reply.ts'

const nobody = { id: null, idempotency_key: null }

/** Charges the customer's card for an open invoice. */
export function submitInvoice(sandbox: Sandbox, id: string): Reply {
  const { ledger } = sandbox
  try {
    const paid = ledger.transact(nobody, (books) => payInvoice(books, id, { outOfBand: false }))
    return { status: 200, page: invoicePage(paid, null) }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return { status: error.status, page: invoicePage(ledger.books.find('invoices', id), error.message) }
  }
}
