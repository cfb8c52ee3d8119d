import type { Sandbox } from '../sandbox.ts'
import { type Html, html } from './html.ts'
import type { Page } from './layout.ts'
import { moment } from './words.ts'

const shown = 25

/** The sandbox at a glance: its clock, its customers, and what it told your endpoints. */
export function overviewPage(sandbox: Sandbox, said: string | null): Page {
  return {
    title: 'Overview',
    wide: true,
    body: html`${said && html`<p class="notice good" role="status">${said}</p>`}
<h1>Stripe sandbox</h1>
<p class="muted">Everything here stands in for Stripe on this machine. Move its clock to see renewals, failed payments and endings.</p>
<div class="panel">${clockForm(sandbox)}</div>
<h2>Customers</h2>${customers(sandbox)}
<h2>Events</h2>${events(sandbox)}`,
  }
}

function clockForm({ clock }: Sandbox): Html {
  const ahead = Math.round(clock.ahead() / 86_400_000)
  return html`<form method="post" class="spread">
<div><p style="margin:0" class="muted">Sandbox clock</p>
<p style="margin:0"><strong>${moment(clock.now() / 1000)}</strong> <span class="muted">${ahead > 0 ? `${ahead} days ahead` : 'real time'}</span></p></div>
<div class="row">
<button name="intent" value="hour">Move on 1 hour</button>
<button name="intent" value="day">Move on 1 day</button>
<button name="intent" value="month">Move on 31 days</button>
</div>
</form>`
}

function customers({ store }: Sandbox): Html {
  const rows = store.all('customers').slice(-shown).reverse()
  if (rows.length === 0) return html`<p class="muted">Customers appear here once someone has checked out.</p>`
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">Customer</th><th scope="col">Subscription</th><th scope="col">Later charges</th></tr></thead>
<tbody>${rows.map((customer) => {
    const subscription = store.all('subscriptions').findLast((row) => row.customer === customer.id)
    const outcome = store.get('paymentOutcomes', customer.id)?.outcome ?? 'card'
    return html`<tr><td>${customer.email ?? ''}<br><span class="code muted">${customer.id}</span></td>
<td>${subscription ? subscription.status.replaceAll('_', ' ') : 'none'}</td>
<td><form method="post" class="row"><input type="hidden" name="customer" value="${customer.id}">
<span>${outcome === 'fail' ? 'fail' : outcome === 'succeed' ? 'succeed' : 'as the card does'}</span>
${outcome === 'fail' ? html`<button name="intent" value="recover">Let them through</button>` : html`<button name="intent" value="fail">Make them fail</button>`}
</form></td></tr>`
  })}</tbody></table></div>`
}

function events({ store }: Sandbox): Html {
  const rows = store.all('events').slice(-shown).reverse()
  if (rows.length === 0) return html`<p class="muted">Each change appears here with how its webhook went.</p>`
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">Event</th><th scope="col">When</th><th scope="col">Webhooks</th><th scope="col" class="number">Action</th></tr></thead>
<tbody>${rows.map((event) => {
    const waiting = event.pending_webhooks > 0
    return html`<tr><td>${event.type}<br><span class="code muted">${event.id}</span></td><td>${moment(event.created)}</td>
<td>${waiting ? html`<span class="state bad">${event.pending_webhooks} not delivered</span>` : html`<span class="state good">delivered</span>`}</td>
<td class="number"><form method="post"><input type="hidden" name="event" value="${event.id}"><button name="intent" value="resend">Send again</button></form></td></tr>`
  })}</tbody></table></div>`
}
