import type { Books } from '../books/books.ts'
import type { Invoice } from '../invoices/invoice.ts'
import { payingMethod } from '../invoices/paying-method.ts'
import { formatMoney } from '../objects/money.ts'
import type { PortalSession } from '../portal/portal-session.ts'
import { productName } from '../subscriptions/lines.ts'
import { currentPeriod, hasEnded, type Subscription } from '../subscriptions/subscription.ts'
import { periodAmount } from '../subscriptions/subscription-item.ts'
import { type Html, html } from './html.ts'
import type { Page } from './layout.ts'
import { invoiceState } from './states.ts'
import { day, perInterval } from './words.ts'

/** Where a customer sees what they pay for, ends it, takes that back, changes the card and finds their invoices. */
export function portalPage(books: Books, session: PortalSession, said: string | null): Page {
  const customer = books.find('customers', session.customer)
  const subscriptions = books.all('subscriptions').filter((row) => row.customer === customer.id)
  const live = subscriptions.filter((row) => !hasEnded(row))
  const invoices = books
    .all('invoices')
    .filter((row) => row.customer === customer.id && row.status !== 'draft')
    .reverse()
  return {
    title: 'Your subscription',
    body: html`${said && html`<p class="notice good" role="status">${said}</p>`}
<div class="spread"><h1>Your subscription</h1>${session.return_url && html`<a href="${session.return_url}">Return to the app</a>`}</div>
<p class="muted">${customer.email ?? customer.id}</p>
<section class="panel" aria-label="Subscriptions">${
      live.length > 0
        ? live.map((each) => subscriptionItem(books, each))
        : html`<p>You have no subscription. Choose a plan in the app to start one.</p>`
    }</section>
<h2>Card</h2>
<section class="panel">${cardForm(books, live)}</section>
<h2>Invoices</h2>
${invoices.length > 0 ? invoiceTable(books, invoices) : html`<p class="muted">Your invoices appear here once you have paid for something.</p>`}`,
    footer: html`<span class="code">${customer.id}</span>`,
  }
}

function subscriptionItem(books: Books, subscription: Subscription): Html {
  const [first] = subscription.items.data
  const amount = subscription.items.data.reduce((sum, item) => sum + periodAmount(item), 0)
  const names = subscription.items.data.map((item) => productName(books, item)).join(' and ')
  const ends = subscription.cancel_at !== null
  return html`<form method="post" class="item spread">
<div>
<p><strong>${names}</strong> <span class="muted">${first && perInterval(amount, subscription.currency, first.price.recurring)}</span></p>
<p>${stateOf(subscription)}</p>
</div>
<input type="hidden" name="subscription" value="${subscription.id}">
${
  ends
    ? html`<button name="intent" value="resume">Keep subscription</button>`
    : html`<button name="intent" value="cancel">Cancel subscription</button>`
}
</form>`
}

function stateOf(subscription: Subscription): Html {
  const failed =
    subscription.status === 'past_due' &&
    html`<span class="state bad">Payment failed. Use a card that pays, then pay the open invoice.</span><br>`
  if (subscription.cancel_at !== null) return html`${failed}<span class="state soon">Ends on ${day(subscription.cancel_at)}</span>`
  if (failed) return failed
  const end = day(currentPeriod(subscription).end)
  if (subscription.status === 'trialing') return html`<span class="state good">Trial until ${end}</span>`
  if (subscription.status === 'active')
    return html`<span class="state good">Active</span> <span class="muted">renews on ${end}</span>`
  return html`<span class="state bad">${subscription.status.replaceAll('_', ' ')}</span>`
}

function cardForm(books: Books, live: Subscription[]): Html {
  const invoiceId = live[0]?.latest_invoice
  const invoice = invoiceId ? books.get('invoices', invoiceId) : undefined
  const method = invoice && payingMethod(books, invoice)
  return html`<form method="post" class="spread">
<p style="margin:0">${method ? html`<span class="code">${method.card.brand} •••• ${method.card.last4}</span>` : 'No card yet'}</p>
<div class="row">
<button name="intent" value="good-card">Use a card that pays</button>
<button name="intent" value="bad-card">Use a card that fails</button>
</div>
</form>`
}

function invoiceTable(books: Books, invoices: Invoice[]): Html {
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">Invoice</th><th scope="col">Date</th><th scope="col">State</th><th scope="col" class="number">Amount</th></tr></thead>
<tbody>${invoices.map(
    (invoice) => html`<tr><td><a class="code" href="${books.links.invoice(invoice.id)}">${invoice.number}</a></td>
<td>${day(invoice.created)}</td><td>${invoiceState(invoice)}</td><td class="number">${formatMoney(invoice.total, invoice.currency)}</td></tr>`,
  )}</tbody></table></div>`
}
