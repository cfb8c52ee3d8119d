import type { Invoice } from '../invoices/invoice.ts'
import { type Html, html } from './html.ts'
import { day } from './words.ts'

/** An invoice's state in words, with what happens next where something does. */
export function invoiceState(invoice: Invoice): Html {
  if (invoice.status === 'paid') return html`<span class="state good">Paid</span>`
  if (invoice.status === 'void') return html`<span class="state">Void</span>`
  if (invoice.status === 'uncollectible') return html`<span class="state bad">Uncollectible</span>`
  if (invoice.status === 'draft') return html`<span class="state">Draft</span>`
  const next = invoice.next_payment_attempt === null ? '' : ` next try ${day(invoice.next_payment_attempt)}`
  return html`<span class="state bad">${invoice.attempted ? 'Unpaid' : 'Open'}</span><span class="muted">${next}</span>`
}
