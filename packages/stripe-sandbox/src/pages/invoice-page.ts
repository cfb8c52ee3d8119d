import type { Invoice } from '../invoices/invoice.ts'
import { formatMoney } from '../objects/money.ts'
import { html } from './html.ts'
import type { Page } from './layout.ts'
import { invoiceState } from './states.ts'
import { day } from './words.ts'

/** An invoice as its customer sees it, with a button to pay it while it is open. */
export function invoicePage(invoice: Invoice, fault: string | null): Page {
  const money = (amount: number) => formatMoney(amount, invoice.currency)
  const applied = invoice.amount_due - invoice.total
  return {
    title: `Invoice ${invoice.number ?? ''}`,
    body: html`${fault && html`<p class="notice" role="alert">${fault}</p>`}
<div class="panel">
<div class="spread"><h1>Invoice <span class="code">${invoice.number ?? 'draft'}</span></h1><span>${invoiceState(invoice)}</span></div>
<p class="muted">${invoice.customer_name ?? ''} ${invoice.customer_email ?? ''}<br>Issued ${day(invoice.created)}${
      invoice.due_date === null ? '' : `, due ${day(invoice.due_date)}`
    }</p>
<div class="scroll"><table>
<thead><tr><th scope="col">Description</th><th scope="col">Period</th><th scope="col" class="number">Amount</th></tr></thead>
<tbody>${invoice.lines.data.map(
      (line) => html`<tr><td>${line.description}</td><td>${day(line.period.start)} – ${day(line.period.end)}</td>
<td class="number">${money(line.amount)}</td></tr>`,
    )}</tbody>
<tfoot>
<tr><th scope="row" colspan="2">Total</th><td class="number">${money(invoice.total)}</td></tr>
${applied !== 0 && html`<tr><th scope="row" colspan="2">Customer balance</th><td class="number">${money(applied)}</td></tr>`}
<tr><th scope="row" colspan="2">Amount due</th><td class="number">${money(invoice.amount_remaining)}</td></tr>
</tfoot>
</table></div>
<div class="row">
${invoice.status === 'open' && html`<form method="post"><button class="primary" name="intent" value="pay">Pay ${money(invoice.amount_remaining)}</button></form>`}
${invoice.invoice_pdf && html`<a href="${invoice.invoice_pdf}">Download PDF</a>`}
</div>
</div>`,
    footer: html`<span class="code">${invoice.id}</span>`,
  }
}
