import type { Books } from '../books/books.ts'
import { sessionLines } from '../checkout/line-items.ts'
import type { CheckoutSession } from '../checkout/session.ts'
import { payingCard } from '../customers/test-cards.ts'
import { formatMoney } from '../objects/money.ts'
import { periodAmount } from '../subscriptions/subscription-item.ts'
import { type Html, html } from './html.ts'
import { message, type Page } from './layout.ts'
import { day, perInterval } from './words.ts'

export interface Entered {
  email: string
  name: string
  card: string
}

/** The page a person pays on, or what became of the session if it is no longer open. */
export function checkoutPage(books: Books, session: CheckoutSession, fault: string | null, entered?: Entered): Page {
  if (session.status === 'complete') {
    const way = { href: returnAddress(session), label: 'Continue' }
    return message('This checkout is paid', 'Nothing more is charged if you open it again.', way)
  }
  if (session.status === 'expired') {
    const way = session.cancel_url ? { href: session.cancel_url, label: 'Go back' } : undefined
    return message('This checkout has expired', 'Nothing was charged. Go back and start again to get a new one.', way)
  }
  return {
    title: 'Checkout',
    wide: true,
    body: html`<div class="columns">
<section aria-labelledby="order">${summary(books, session)}</section>
<section aria-labelledby="payment">${form(books, session, fault, entered)}</section>
</div>`,
    footer: html`<span class="code">${session.id}</span>`,
  }
}

/** The success address with the session's id in place of Stripe's placeholder. */
export function returnAddress(session: CheckoutSession): string {
  return (session.success_url ?? '/').replaceAll('{CHECKOUT_SESSION_ID}', session.id)
}

function summary(books: Books, session: CheckoutSession): Html {
  const lines = sessionLines(books, session.id).data
  const order = books.find('checkoutOrders', session.id)
  const currency = session.currency ?? 'usd'
  const full = lines.reduce((sum, { price, quantity }) => sum + periodAmount({ price, quantity: quantity ?? 1 }), 0)
  const recurring = lines[0]?.price.recurring
  const names = lines.map((line) => line.description ?? '').join(' and ')
  const trialEnd = order.trialDays === null ? order.trialEnd : books.now() + order.trialDays * 86_400
  const trial = session.amount_total === 0 && trialEnd !== null
  return html`<h1 id="order">${recurring ? `Subscribe to ${names}` : names}</h1>
<p class="price">${formatMoney(session.amount_total ?? 0, currency)}</p>
<p class="muted">${
    recurring
      ? trial
        ? `Free until ${day(trialEnd)}, then ${perInterval(full, currency, recurring)}`
        : `Then ${perInterval(full, currency, recurring)}, until you cancel`
      : 'Paid once'
  }</p>
<table>
<thead><tr><th scope="col">Item</th><th scope="col" class="number">Quantity</th><th scope="col" class="number">Amount</th></tr></thead>
<tbody>${lines.map(
    (line) => html`<tr><td>${line.description}</td><td class="number">${line.quantity ?? 1}</td>
<td class="number">${formatMoney(line.amount_total, line.currency)}</td></tr>`,
  )}</tbody>
<tfoot><tr><th scope="row" colspan="2">Due today</th><td class="number">${formatMoney(session.amount_total ?? 0, currency)}</td></tr></tfoot>
</table>`
}

function form(books: Books, session: CheckoutSession, fault: string | null, entered?: Entered): Html {
  const customer = session.customer === null ? undefined : books.get('customers', session.customer)
  const email = entered?.email ?? customer?.email ?? session.customer_email ?? ''
  const label = session.amount_total ? `Pay ${formatMoney(session.amount_total, session.currency ?? 'usd')}` : 'Start trial'
  return html`<form method="post" class="panel">
<h2 id="payment" style="margin-top:0">Payment</h2>
${fault && html`<p class="notice" role="alert" id="fault">${fault}</p>`}
<div class="field"><label for="email">Email</label>
<input id="email" name="email" type="email" autocomplete="email" required value="${email}"></div>
<div class="field"><label for="name">Name on card</label>
<input id="name" name="name" autocomplete="off" value="${entered?.name ?? customer?.name ?? 'Sandbox Buyer'}"></div>
<div class="field"><label for="card">Card number</label>
<input id="card" name="card" class="code" inputmode="numeric" autocomplete="off" required value="${entered?.card ?? spaced(payingCard.number)}" aria-describedby="card-help">
<p class="muted" id="card-help">This test card always pays. Real cards are refused.</p></div>
<div class="pair">
<div class="field"><label for="expiry">Expiry</label><input id="expiry" class="code" value="12 / 34" readonly></div>
<div class="field"><label for="cvc">CVC</label><input id="cvc" class="code" value="123" readonly></div>
</div>
<div class="stack">
<button class="primary" name="intent" value="pay">${label}</button>
<button name="intent" value="decline" formnovalidate>Pay with a declined card</button>
${session.cancel_url && html`<a class="button quiet" href="${session.cancel_url}">Cancel</a>`}
</div>
</form>`
}

export function spaced(number: string): string {
  return number.replace(/(\d{4})(?=\d)/g, '$1 ')
}
