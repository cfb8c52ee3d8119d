import * as fc from 'fast-check'
import Stripe from 'stripe'
import { expect, test } from 'vitest'
import type { StripeSandbox } from '../src/index.ts'
import { client, startFixture } from './sandbox-fixture.ts'

interface World {
  stripe: Stripe
  sandbox: StripeSandbox
  prices: string[]
}

type Step =
  | { kind: 'customer'; card: 'pm_card_visa' | 'pm_card_chargeCustomerFail' }
  | { kind: 'checkout'; price: number; quantity: number; card: string }
  | { kind: 'subscribe'; who: number; price: number; quantity: number; trialDays: number }
  | { kind: 'change'; which: number; price: number; quantity: number; behaviour: 'create_prorations' | 'always_invoice' | 'none' }
  | { kind: 'cancel'; which: number; how: 'now' | 'prorated' | 'period_end' | 'keep' }
  | { kind: 'advance'; hours: number }
  | { kind: 'outcome'; who: number; outcome: 'succeed' | 'fail' | 'card' }
  | { kind: 'pay'; which: number; outOfBand: boolean }
  | { kind: 'void'; which: number }
  | { kind: 'refund'; which: number; amount: number }
  | { kind: 'preview'; which: number; price: number }
  | { kind: 'item'; who: number; amount: number }

const index = fc.nat({ max: 50 })
const quantity = fc.integer({ min: 1, max: 7 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('customer' as const),
    card: fc.constantFrom('pm_card_visa' as const, 'pm_card_chargeCustomerFail' as const),
  }),
  fc.record({
    kind: fc.constant('checkout' as const),
    price: index,
    quantity,
    card: fc.constantFrom('4242424242424242', '4000000000000002'),
  }),
  fc.record({
    kind: fc.constant('subscribe' as const),
    who: index,
    price: index,
    quantity,
    trialDays: fc.constantFrom(0, 0, 0, 5),
  }),
  fc.record({
    kind: fc.constant('change' as const),
    which: index,
    price: index,
    quantity,
    behaviour: fc.constantFrom('create_prorations' as const, 'always_invoice' as const, 'none' as const),
  }),
  fc.record({
    kind: fc.constant('cancel' as const),
    which: index,
    how: fc.constantFrom('now' as const, 'prorated' as const, 'period_end' as const, 'keep' as const),
  }),
  fc.record({ kind: fc.constant('advance' as const), hours: fc.integer({ min: 1, max: 24 * 45 }) }),
  fc.record({
    kind: fc.constant('outcome' as const),
    who: index,
    outcome: fc.constantFrom('succeed' as const, 'fail' as const, 'card' as const),
  }),
  fc.record({ kind: fc.constant('pay' as const), which: index, outOfBand: fc.boolean() }),
  fc.record({ kind: fc.constant('void' as const), which: index }),
  fc.record({ kind: fc.constant('refund' as const), which: index, amount: fc.integer({ min: 1, max: 5000 }) }),
  fc.record({ kind: fc.constant('preview' as const), which: index, price: index }),
  fc.record({ kind: fc.constant('item' as const), who: index, amount: fc.integer({ min: -3000, max: 3000 }) }),
)

const pick = <Row>(rows: Row[], at: number): Row | undefined => rows[at % Math.max(1, rows.length)]

/** Does one step through the SDK. What Stripe would refuse is refused; anything else that goes wrong fails the test. */
async function take(world: World, next: Step): Promise<void> {
  try {
    await attempt(world, next)
  } catch (error) {
    const expected = error instanceof Stripe.errors.StripeInvalidRequestError || error instanceof Stripe.errors.StripeCardError
    if (!expected) throw error
  }
}

async function attempt({ stripe, sandbox: { control, url }, prices }: World, next: Step): Promise<unknown> {
  const customer = 'who' in next ? pick(control.all('customers'), next.who) : undefined
  const subscription = 'which' in next ? pick(control.all('subscriptions'), next.which) : undefined
  const price = 'price' in next ? String(pick(prices, next.price)) : ''
  switch (next.kind) {
    case 'customer': {
      const { id } = await stripe.customers.create({ email: 'ada@example.com' })
      const method = await stripe.paymentMethods.attach(next.card, { customer: id })
      return stripe.customers.update(id, { invoice_settings: { default_payment_method: method.id } })
    }
    case 'checkout': {
      const line_items = [{ price, quantity: next.quantity }]
      const session = await stripe.checkout.sessions.create({ mode: 'subscription', line_items, success_url: `${url}/done` })
      const form = new URLSearchParams({ intent: 'pay', email: 'ada@example.com', card: next.card })
      return fetch(String(session.url), { method: 'POST', redirect: 'manual', body: form })
    }
    case 'subscribe': {
      const trial = next.trialDays > 0 ? { trial_period_days: next.trialDays } : {}
      return (
        customer && stripe.subscriptions.create({ customer: customer.id, items: [{ price, quantity: next.quantity }], ...trial })
      )
    }
    case 'change': {
      const items = [{ id: subscription?.items.data[0]?.id, price, quantity: next.quantity }]
      return subscription && stripe.subscriptions.update(subscription.id, { items, proration_behavior: next.behaviour })
    }
    case 'cancel': {
      if (!subscription) return
      if (next.how === 'now') return stripe.subscriptions.cancel(subscription.id)
      if (next.how === 'prorated') return stripe.subscriptions.cancel(subscription.id, { prorate: true, invoice_now: true })
      return stripe.subscriptions.update(subscription.id, { cancel_at_period_end: next.how === 'period_end' })
    }
    case 'advance':
      return control.advance({ hours: next.hours })
    case 'outcome':
      return customer && control.setPaymentOutcome(customer.id, next.outcome)
    case 'pay': {
      const invoice = pick(
        control.all('invoices').filter((row) => row.status === 'open'),
        next.which,
      )
      return invoice && stripe.invoices.pay(invoice.id, next.outOfBand ? { paid_out_of_band: true } : {})
    }
    case 'void': {
      const invoice = pick(
        control.all('invoices').filter((row) => row.status === 'open'),
        next.which,
      )
      return invoice && stripe.invoices.voidInvoice(invoice.id)
    }
    case 'refund': {
      const charge = pick(control.all('charges'), next.which)
      return charge && stripe.refunds.create({ charge: charge.id, amount: next.amount })
    }
    case 'preview': {
      if (!subscription) return
      const items = [{ id: subscription.items.data[0]?.id, price }]
      const preview = await stripe.invoices.createPreview({ subscription: subscription.id, subscription_details: { items } })
      return expect(preview.total).toBe(sumOf(preview))
    }
    case 'item':
      return customer && stripe.invoiceItems.create({ customer: customer.id, amount: next.amount, currency: 'cny' })
  }
}

const sumOf = (invoice: { lines: { data: { amount: number }[] } }) => invoice.lines.data.reduce((sum, line) => sum + line.amount, 0)

function assertMoney({ sandbox: { control } }: World): void {
  for (const invoice of control.all('invoices')) {
    expect(invoice.total).toBe(sumOf(invoice))
    expect(invoice.amount_paid).toBeLessThanOrEqual(invoice.amount_due)
    expect(invoice.amount_due).toBe(Math.max(0, invoice.total + invoice.starting_balance))
    if (invoice.status === 'paid') expect(invoice.amount_remaining).toBe(0)
    const taken = control
      .all('invoicePayments')
      .filter((payment) => payment.invoice === invoice.id && payment.status === 'paid')
      .flatMap((payment) =>
        control.all('charges').filter((charge) => charge.payment_intent === payment.payment.payment_intent && charge.paid),
      )
    expect(taken.length).toBeLessThanOrEqual(1)
    for (const charge of taken) expect(charge.amount).toBe(invoice.amount_paid)
  }
  for (const charge of control.all('charges')) {
    const refunds = control.all('refunds').filter((refund) => refund.charge === charge.id)
    expect(charge.amount_refunded).toBe(refunds.reduce((sum, refund) => sum + refund.amount, 0))
    expect(charge.amount_refunded).toBeLessThanOrEqual(charge.amount_captured)
  }
}

function assertOneEventPerTransition({ sandbox: { control } }: World): void {
  const seen = new Map<string, number>()
  for (const event of control.all('events')) {
    const key = `${event.type} ${(event.data.object as { id: string }).id}`
    seen.set(key, (seen.get(key) ?? 0) + 1)
  }
  const once = (type: string, id: string, happened: boolean) =>
    expect([type, seen.get(`${type} ${id}`) ?? 0]).toEqual([type, happened ? 1 : 0])
  for (const invoice of control.all('invoices')) {
    once('invoice.created', invoice.id, true)
    once('invoice.finalized', invoice.id, invoice.status_transitions.finalized_at !== null)
    once('invoice.paid', invoice.id, invoice.status === 'paid')
    once('invoice.voided', invoice.id, invoice.status === 'void')
  }
  for (const subscription of control.all('subscriptions')) {
    once('customer.subscription.created', subscription.id, true)
    once('customer.subscription.deleted', subscription.id, subscription.status === 'canceled')
  }
  for (const charge of control.all('charges')) once(charge.paid ? 'charge.succeeded' : 'charge.failed', charge.id, true)
  for (const intent of control.all('paymentIntents')) once('payment_intent.succeeded', intent.id, intent.status === 'succeeded')
  for (const session of control.all('checkoutSessions'))
    once('checkout.session.completed', session.id, session.status === 'complete')
}

async function assertRefetchMatchesLastEvent({ sandbox: { control, url, secretKey } }: World): Promise<void> {
  const paths: Record<string, string> = {
    customer: 'customers',
    subscription: 'subscriptions',
    invoice: 'invoices',
    payment_intent: 'payment_intents',
    charge: 'charges',
    refund: 'refunds',
    payment_method: 'payment_methods',
    invoice_payment: 'invoice_payments',
    'checkout.session': 'checkout/sessions',
    product: 'products',
    price: 'prices',
  }
  const last = new Map<string, { id: string; object: string }>()
  for (const event of control.all('events')) {
    const object = event.data.object as { id: string; object: string }
    if (object.object in paths) last.set(object.id, object)
  }
  for (const [id, snapshot] of last) {
    const answer = await fetch(`${url}/v1/${paths[snapshot.object]}/${id}`, { headers: { authorization: `Bearer ${secretKey}` } })
    expect(await answer.json()).toEqual(snapshot)
  }
}

test('after any sequence of operations every sum is right, every transition was told once, and the last event is the truth', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 60 }), async (steps) => {
      await using fixture = await startFixture({ settings: { eventRetentionDays: 100_000 } })
      const { sandbox } = fixture
      const stripe = client(sandbox)
      const product = await stripe.products.create({ name: 'Plan' })
      const make = (unit_amount: number, interval: 'day' | 'month' | 'year') =>
        stripe.prices.create({ product: product.id, currency: 'cny', unit_amount, recurring: { interval } })
      const made = await Promise.all([
        make(0, 'month'),
        make(2900, 'month'),
        make(9901, 'month'),
        make(99_000, 'year'),
        make(117, 'day'),
      ])
      const world: World = { stripe, sandbox, prices: made.map((price) => price.id) }
      await take(world, { kind: 'customer', card: 'pm_card_visa' })
      for (const next of steps) {
        await take(world, next)
        assertMoney(world)
      }
      assertOneEventPerTransition(world)
      await assertRefetchMatchesLastEvent(world)
    }),
    { numRuns: Number(process.env.FAST_CHECK_RUNS ?? 80) },
  )
}, 120_000)
