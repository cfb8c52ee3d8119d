import { expect, test } from 'vitest'
import { dates, january31, makeCustomer, makePrice, startFixture } from './sandbox-fixture.ts'

const day = 86_400

test('a subscription anchored on 31 January renews on 28 February, 31 March and 30 April', async () => {
  await using fixture = await startFixture()
  const { stripe, control } = fixture
  const price = await makePrice(stripe, 'Starter', 2900)
  const customer = await makeCustomer(stripe)
  const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })

  control.setTime('2027-02-28T12:00:00Z')
  expect(dates((await stripe.subscriptions.retrieve(id)).items.data[0])).toEqual([
    '2027-02-28T12:00:00.000Z',
    '2027-03-31T12:00:00.000Z',
  ])
  control.setTime('2027-04-30T12:00:00Z')
  const invoices = await stripe.invoices.list({ subscription: id })
  const issued = invoices.data.map((invoice) => [invoice.billing_reason, new Date(invoice.created * 1000).toISOString()])
  expect(issued).toEqual([
    ['subscription_cycle', '2027-04-30T12:00:00.000Z'],
    ['subscription_cycle', '2027-03-31T12:00:00.000Z'],
    ['subscription_cycle', '2027-02-28T12:00:00.000Z'],
    ['subscription_create', '2027-01-31T12:00:00.000Z'],
  ])
  expect(invoices.data.every((invoice) => invoice.status === 'paid' && invoice.amount_paid === 2900)).toBe(true)
})

test('a yearly subscription bought on 29 February renews on 28 February, and on the 29th in the next leap year', async () => {
  await using fixture = await startFixture({ now: () => Date.UTC(2028, 1, 29, 8) })
  const { stripe, control } = fixture
  const price = await makePrice(stripe, 'Pro, yearly', 99_000, { recurring: { interval: 'year' } })
  const customer = await makeCustomer(stripe)
  const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
  const end = async () => dates((await stripe.subscriptions.retrieve(id)).items.data[0])[1]
  expect(await end()).toBe('2029-02-28T08:00:00.000Z')
  control.setTime('2031-03-01T00:00:00Z')
  expect(await end()).toBe('2032-02-29T08:00:00.000Z')
})

test('events carry the moment they happened on the sandbox clock, not the moment the clock was moved', async () => {
  await using fixture = await startFixture()
  const { stripe, control } = fixture
  const customer = await makeCustomer(stripe)
  const price = await makePrice(stripe, 'Starter', 2900)
  await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
  control.setTime('2027-03-10T00:00:00Z')
  const renewal = await stripe.events.list({ type: 'invoice.created' })
  expect(new Date((renewal.data[0]?.created ?? 0) * 1000).toISOString()).toBe('2027-02-28T12:00:00.000Z')
  expect(renewal.data[0]?.request?.id).toBeNull()
})

test('a failing renewal makes the subscription past due, is retried after 3, 5 and 7 days, and then ends it', async () => {
  await using fixture = await startFixture({ settings: { eventRetentionDays: 400 } })
  const { stripe, control } = fixture
  const price = await makePrice(stripe, 'Starter', 2900)
  const customer = await makeCustomer(stripe)
  const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
  control.setPaymentOutcome(customer.id, 'fail')

  const renewal = Date.UTC(2027, 1, 28, 12) / 1000
  control.setTime(renewal * 1000)
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'past_due' })
  const [open] = (await stripe.invoices.list({ subscription: id, status: 'open' })).data
  expect(open).toMatchObject({ attempt_count: 1, next_payment_attempt: renewal + 3 * day, amount_remaining: 2900 })

  control.advance({ days: 3 + 5 })
  expect(await stripe.invoices.retrieve(String(open?.id))).toMatchObject({
    attempt_count: 3,
    next_payment_attempt: renewal + 15 * day,
  })
  control.advance({ days: 7 })
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
    status: 'canceled',
    ended_at: renewal + 15 * day,
    cancellation_details: { reason: 'payment_failed' },
  })
  const failures = await stripe.events.list({ type: 'invoice.payment_failed' })
  expect(failures.data).toHaveLength(4)
})

test('a later attempt to pay for a subscription that has ended does not end it twice', async () => {
  await using fixture = await startFixture()
  const { stripe, control } = fixture
  const price = await makePrice(stripe, 'Starter', 2900)
  const customer = await makeCustomer(stripe)
  const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
  control.setPaymentOutcome(customer.id, 'fail')
  control.setTime('2027-03-20T00:00:00Z')
  const [open] = (await stripe.invoices.list({ subscription: id, status: 'open' })).data
  await expect(stripe.invoices.pay(String(open?.id))).rejects.toThrow(/declined/)
  expect((await stripe.events.list({ type: 'customer.subscription.deleted' })).data).toHaveLength(1)
})

test('a retry that succeeds makes the subscription whole again', async () => {
  await using fixture = await startFixture()
  const { stripe, control } = fixture
  const price = await makePrice(stripe, 'Starter', 2900)
  const customer = await makeCustomer(stripe)
  const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
  control.setPaymentOutcome(customer.id, 'fail')
  control.setTime('2027-02-28T12:00:00Z')
  control.setPaymentOutcome(customer.id, 'card')
  control.advance({ days: 3 })
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active' })
  expect((await stripe.invoices.list({ subscription: id })).data).toMatchObject([
    { status: 'paid', attempt_count: 2 },
    { status: 'paid' },
  ])
})

test.each([
  ['unpaid', 'unpaid'],
  ['past_due', 'past_due'],
] as const)('an account set to leave failed subscriptions %s does so', async (whenExhausted, status) => {
  await using fixture = await startFixture({ settings: { whenExhausted, retryDays: [1] } })
  const { stripe, control } = fixture
  const price = await makePrice(stripe, 'Starter', 2900)
  const customer = await makeCustomer(stripe)
  const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
  control.setPaymentOutcome(customer.id, 'fail')
  control.setTime('2027-03-02T00:00:00Z')
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status })
})

test('a subscription told to end with its period is deleted then, and can be kept until then', async () => {
  await using fixture = await startFixture()
  const { stripe, control } = fixture
  const price = await makePrice(stripe, 'Starter', 2900)
  const customer = await makeCustomer(stripe)
  const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
  const periodEnd = Date.UTC(2027, 1, 28, 12) / 1000

  expect(await stripe.subscriptions.update(id, { cancel_at_period_end: true })).toMatchObject({
    cancel_at: periodEnd,
    status: 'active',
  })
  expect(await stripe.subscriptions.update(id, { cancel_at_period_end: false })).toMatchObject({
    cancel_at: null,
    canceled_at: null,
  })
  await stripe.subscriptions.update(id, { cancel_at_period_end: true })
  control.advance({ days: 60 })
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'canceled', ended_at: periodEnd })
  expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(1)
  expect((await stripe.subscriptions.list({ customer: customer.id })).data).toHaveLength(0)
  expect((await stripe.subscriptions.list({ customer: customer.id, status: 'all' })).data).toHaveLength(1)
})

test('a trial warns three days before its end and then bills its first period', async () => {
  await using fixture = await startFixture()
  const { stripe, control } = fixture
  const price = await makePrice(stripe, 'Starter', 2900)
  const customer = await makeCustomer(stripe)
  const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }], trial_period_days: 14 })
  control.advance({ days: 11 })
  expect((await stripe.events.list({ type: 'customer.subscription.trial_will_end' })).data).toHaveLength(1)
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'trialing' })
  control.advance({ days: 3 })
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
    status: 'active',
    billing_cycle_anchor: january31 / 1000 + 14 * day,
  })
  expect((await stripe.invoices.list({ subscription: id })).data).toMatchObject([{ total: 2900, status: 'paid' }, { total: 0 }])
})

test('a trial that was to end for want of a card ends', async () => {
  await using fixture = await startFixture()
  const { stripe, control } = fixture
  const price = await makePrice(stripe, 'Starter', 2900)
  const customer = await stripe.customers.create({ email: 'ada@example.com' })
  const { id } = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    trial_period_days: 7,
    trial_settings: { end_behavior: { missing_payment_method: 'cancel' } },
  })
  control.advance({ days: 7 })
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'canceled' })
})

test('a first payment that fails leaves the subscription incomplete, and 23 hours later it has never been', async () => {
  await using fixture = await startFixture()
  const { stripe, control } = fixture
  const price = await makePrice(stripe, 'Starter', 2900)
  const customer = await makeCustomer(stripe, 'pm_card_chargeCustomerFail')
  const subscription = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
  expect(subscription.status).toBe('incomplete')
  control.advance({ hours: 23 })
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: 'incomplete_expired' })
  expect(await stripe.invoices.retrieve(String(subscription.latest_invoice))).toMatchObject({ status: 'void' })
})

test('usage is billed in arrears for the period it fell in', async () => {
  await using fixture = await startFixture()
  const { stripe, control } = fixture
  const meter = await stripe.billing.meters.create({
    display_name: 'Characters',
    event_name: 'characters',
    default_aggregation: { formula: 'sum' },
  })
  const price = await makePrice(stripe, 'Characters', 2, {
    recurring: { interval: 'month', usage_type: 'metered', meter: meter.id },
  })
  const customer = await makeCustomer(stripe)
  const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
  const use = (value: string, identifier: string) =>
    stripe.billing.meterEvents.create({ event_name: 'characters', identifier, payload: { stripe_customer_id: customer.id, value } })
  await use('300', 'a')
  await use('200', 'b')
  await expect(use('200', 'b')).rejects.toThrow(/already exists/)
  const [start_time, end_time] = [january31 / 1000, january31 / 1000 + day]
  const summaries = await stripe.billing.meters.listEventSummaries(meter.id, { customer: customer.id, start_time, end_time })
  expect(summaries.data).toMatchObject([{ aggregated_value: 500 }])

  control.setTime('2027-02-28T12:00:00Z')
  await use('7', 'c')
  control.setTime('2027-03-31T12:00:00Z')
  expect((await stripe.invoices.list({ subscription: id })).data.map((invoice) => invoice.total)).toEqual([14, 1000, 0])
})

test('a subscription paid by invoice is active at once and past due when the invoice is', async () => {
  await using fixture = await startFixture()
  const { stripe, control } = fixture
  const price = await makePrice(stripe, 'Enterprise', 500_000)
  const customer = await stripe.customers.create({ email: 'ada@example.com' })
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    collection_method: 'send_invoice',
    days_until_due: 14,
  })
  expect(subscription.status).toBe('active')
  control.advance({ days: 14 })
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: 'past_due' })
  const paid = await stripe.invoices.pay(String(subscription.latest_invoice), { paid_out_of_band: true })
  expect(paid).toMatchObject({ status: 'paid', amount_paid: 500_000 })
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: 'active' })
  expect((await stripe.charges.list()).data).toHaveLength(0)
})

test('the clock moves over HTTP too, and never back', async () => {
  await using fixture = await startFixture()
  const { sandbox, control } = fixture
  const headers = { authorization: `Bearer ${sandbox.secretKey}` }
  const moved = await fetch(`${sandbox.url}/_sandbox/clock/advance`, { method: 'POST', headers, body: '{"seconds":3600}' })
  expect(await moved.json()).toMatchObject({ now: '2027-01-31T13:00:00.000Z', ahead_ms: 3_600_000 })
  const body = '{"time":"2027-01-01T00:00:00Z"}'
  const back = await fetch(`${sandbox.url}/_sandbox/clock/set`, { method: 'POST', headers, body })
  expect(back.status).toBe(400)
  expect(await back.text()).toContain('only moves forward')
  expect(() => control.setTime('2027-01-01')).toThrow(RangeError)
})
