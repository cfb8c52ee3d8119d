import Stripe from 'stripe'
import { expect, test } from 'vitest'
import { makeCustomer, makePrice, startFixture } from './sandbox-fixture.ts'

async function subscribed(stripe: Stripe, amount = 2900) {
  const starter = await makePrice(stripe, 'Starter', amount)
  const pro = await makePrice(stripe, 'Pro', 9900)
  const customer = await makeCustomer(stripe)
  const subscription = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: starter.id }] })
  return { starter, pro, customer, subscription, item: String(subscription.items.data[0]?.id) }
}

function sum(invoice: Stripe.Invoice): number {
  return invoice.lines.data.reduce((total, line) => total + line.amount, 0)
}

test('an upgrade halfway credits half the old price and charges half the new one, at once', async () => {
  await using fixture = await startFixture()
  const { stripe, control } = fixture
  const { pro, subscription, item } = await subscribed(stripe)
  control.advance({ days: 14 })

  const change = { items: [{ id: item, price: pro.id }], proration_behavior: 'always_invoice' as const }
  const events = (await stripe.events.list({ limit: 100 })).data.length
  const preview = await stripe.invoices.createPreview({ subscription: subscription.id, subscription_details: change })
  expect((await stripe.events.list({ limit: 100 })).data).toHaveLength(events)

  const upgraded = await stripe.subscriptions.update(subscription.id, { ...change, expand: ['latest_invoice'] })
  const invoice = upgraded.latest_invoice as Stripe.Invoice
  expect(invoice).toMatchObject({ billing_reason: 'subscription_update', status: 'paid', total: 3500, amount_paid: 3500 })
  expect(invoice.lines.data.map((line) => [line.description, line.amount])).toEqual([
    ['Unused time on Starter after 14 Feb 2027', -1450],
    ['Remaining time on Pro after 14 Feb 2027', 4950],
  ])
  expect(sum(invoice)).toBe(invoice.total)
  expect(invoice.lines.data.every((line) => line.parent?.subscription_item_details?.proration)).toBe(true)
  expect(preview.total).toBe(invoice.total)
  expect(preview.lines.data.map((line) => line.amount)).toEqual(invoice.lines.data.map((line) => line.amount))
  expect(upgraded.items.data[0]).toMatchObject({ id: item, price: { id: pro.id } })
})

test('prorations left for the next invoice appear on it beside the new period', async () => {
  await using fixture = await startFixture()
  const { stripe, control } = fixture
  const { pro, subscription, item } = await subscribed(stripe)
  control.advance({ days: 14 })
  await stripe.subscriptions.update(subscription.id, { items: [{ id: item, price: pro.id }] })
  expect((await stripe.invoices.list({ subscription: subscription.id })).data).toHaveLength(1)
  const preview = await stripe.invoices.createPreview({ subscription: subscription.id })
  control.setTime('2027-02-28T12:00:00Z')
  const [renewal] = (await stripe.invoices.list({ subscription: subscription.id })).data
  expect(renewal?.lines.data.map((line) => line.amount)).toEqual([-1450, 4950, 9900])
  expect(renewal?.total).toBe(13_400)
  expect(preview.total).toBe(13_400)
})

test('a downgrade leaves a credit that the next invoice uses up', async () => {
  await using fixture = await startFixture()
  const { stripe, control } = fixture
  const { pro, starter, customer, subscription, item } = await subscribed(stripe)
  await stripe.subscriptions.update(subscription.id, { items: [{ id: item, price: pro.id }], proration_behavior: 'always_invoice' })
  control.advance({ days: 14 })
  const after = await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item, price: starter.id }],
    proration_behavior: 'always_invoice',
    expand: ['latest_invoice'],
  })
  expect(after.latest_invoice).toMatchObject({ total: -3500, amount_due: 0, amount_paid: 0, status: 'paid', ending_balance: -3500 })
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ balance: -3500 })
  control.setTime('2027-02-28T12:00:00Z')
  const [renewal] = (await stripe.invoices.list({ subscription: subscription.id })).data
  expect(renewal).toMatchObject({ total: 2900, starting_balance: -3500, ending_balance: -600, amount_due: 0, status: 'paid' })
})

test('a change from free to paid begins a new period and is charged in full', async () => {
  await using fixture = await startFixture()
  const { stripe, control } = fixture
  const { pro, subscription, item } = await subscribed(stripe, 0)
  expect(subscription.status).toBe('active')
  control.advance({ days: 10 })
  const upgraded = await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item, price: pro.id }],
    expand: ['latest_invoice'],
  })
  expect(upgraded.latest_invoice).toMatchObject({ total: 9900, status: 'paid' })
  expect(new Date(upgraded.billing_cycle_anchor * 1000).toISOString()).toBe('2027-02-10T12:00:00.000Z')
})

test('a change to yearly credits the rest of the month and begins a year', async () => {
  await using fixture = await startFixture()
  const { stripe, control } = fixture
  const { subscription, item, pro } = await subscribed(stripe)
  const yearly = await stripe.prices.create({
    product: String(pro.product),
    currency: 'cny',
    unit_amount: 99_000,
    recurring: { interval: 'year' },
  })
  control.advance({ days: 14 })
  const changed = await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item, price: yearly.id }],
    expand: ['latest_invoice'],
  })
  const invoice = changed.latest_invoice as Stripe.Invoice
  expect(invoice.lines.data.map((line) => line.amount)).toEqual([-1450, 99_000])
  expect(sum(invoice)).toBe(invoice.total)
  expect(new Date((changed.items.data[0]?.current_period_end ?? 0) * 1000).toISOString()).toBe('2028-02-14T12:00:00.000Z')
})

test('more seats are charged for the rest of the period, through the item as well', async () => {
  await using fixture = await startFixture()
  const { stripe, control } = fixture
  const { subscription, item } = await subscribed(stripe)
  control.advance({ days: 14 })
  await stripe.subscriptionItems.update(item, { quantity: 3, proration_behavior: 'always_invoice' })
  const [invoice] = (await stripe.invoices.list({ subscription: subscription.id })).data
  expect(invoice?.lines.data.map((line) => line.amount)).toEqual([-1450, 4350])
  expect(invoice?.lines.data[1]?.description).toBe('Remaining time on 3 × Starter after 14 Feb 2027')
})

test('an upgrade that must be paid or not happen leaves nothing behind when the card is declined', async () => {
  await using fixture = await startFixture()
  const { stripe, control } = fixture
  const { pro, customer, subscription, item } = await subscribed(stripe)
  control.setPaymentOutcome(customer.id, 'fail')
  const before = JSON.stringify(await stripe.subscriptions.retrieve(subscription.id))
  const events = (await stripe.events.list({ limit: 100 })).data.length
  const change = { items: [{ id: item, price: pro.id }], proration_behavior: 'always_invoice' as const }
  const refused = stripe.subscriptions.update(subscription.id, { ...change, payment_behavior: 'error_if_incomplete' })
  await expect(refused).rejects.toBeInstanceOf(Stripe.errors.StripeCardError)
  expect(JSON.stringify(await stripe.subscriptions.retrieve(subscription.id))).toBe(before)
  expect((await stripe.events.list({ limit: 100 })).data).toHaveLength(events)
  expect((await stripe.invoices.list({ subscription: subscription.id })).data).toHaveLength(1)

  const owed = await stripe.subscriptions.update(subscription.id, { ...change, payment_behavior: 'allow_incomplete' })
  expect(owed).toMatchObject({ status: 'past_due', items: { data: [{ price: { id: pro.id } }] } })
})

test('a subscription canceled with proration credits what was not used', async () => {
  await using fixture = await startFixture()
  const { stripe, control } = fixture
  const { customer, subscription } = await subscribed(stripe)
  control.advance({ days: 14 })
  expect(await stripe.subscriptions.cancel(subscription.id, { prorate: true, invoice_now: true })).toMatchObject({
    status: 'canceled',
  })
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ balance: -1450 })
  await expect(stripe.subscriptions.cancel(subscription.id)).rejects.toThrow(/No such subscription/)
})

test('a paused collection voids the invoices of the pause', async () => {
  await using fixture = await startFixture()
  const { stripe, control } = fixture
  const { subscription } = await subscribed(stripe)
  await stripe.subscriptions.update(subscription.id, { pause_collection: { behavior: 'void' } })
  control.setTime('2027-02-28T12:00:00Z')
  await stripe.subscriptions.update(subscription.id, { pause_collection: '' })
  control.setTime('2027-03-31T12:00:00Z')
  const states = (await stripe.invoices.list({ subscription: subscription.id })).data.map((invoice) => invoice.status)
  expect(states).toEqual(['paid', 'void', 'paid'])
})

test('a preview for a customer who has nothing yet shows the first invoice and starts nothing', async () => {
  await using fixture = await startFixture()
  const { stripe } = fixture
  const price = await makePrice(stripe, 'Starter', 2900)
  const customer = await stripe.customers.create({ email: 'ada@example.com' })
  const preview = await stripe.invoices.createPreview({
    customer: customer.id,
    subscription_details: { items: [{ price: price.id, quantity: 2 }] },
  })
  expect(preview).toMatchObject({ total: 5800, amount_due: 5800, status: 'draft', billing_reason: 'subscription_create' })
  expect((await stripe.subscriptions.list()).data).toHaveLength(0)
  expect((await stripe.events.list({ type: 'invoice.*' })).data).toHaveLength(0)
})
