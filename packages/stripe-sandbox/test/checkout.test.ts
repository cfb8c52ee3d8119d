import Stripe from 'stripe'
import { expect, test } from 'vitest'
import { makePrice, startFixture, submitCheckout } from './sandbox-fixture.ts'
import { startReceiver, webhookSecret } from './webhook-receiver.ts'

async function openCheckout(stripe: Stripe, more: Partial<Stripe.Checkout.SessionCreateParams> = {}) {
  const price = await makePrice(stripe, 'Starter', 2900)
  return stripe.checkout.sessions.create({
    mode: 'subscription',
    line_items: [{ price: price.id, quantity: 1 }],
    client_reference_id: 'ten_1',
    metadata: { tenant: 'ten_1' },
    subscription_data: { metadata: { plan: 'starter' } },
    success_url: 'http://app.test/done?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://app.test/plans',
    ...more,
  })
}

test('a paid checkout leaves a customer, an active subscription and a paid invoice, and says so in signed webhooks', async () => {
  await using receiver = await startReceiver()
  await using fixture = await startFixture({ webhook: { url: receiver.url, secret: webhookSecret } })
  const { stripe, control } = fixture
  const session = await openCheckout(stripe)
  expect(session).toMatchObject({ status: 'open', payment_status: 'unpaid', amount_total: 2900, currency: 'cny' })

  const response = await submitCheckout(session, {})
  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe(`http://app.test/done?session=${session.id}`)
  await control.whenDelivered()

  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['subscription.latest_invoice.payments', 'customer'] })
  expect(done).toMatchObject({ status: 'complete', payment_status: 'paid', client_reference_id: 'ten_1', url: null })
  expect(done.customer).toMatchObject({ email: 'ada@example.com' })
  const subscription = done.subscription as Stripe.Subscription
  expect(subscription).toMatchObject({ status: 'active', metadata: { plan: 'starter' } })
  const invoice = subscription.latest_invoice as Stripe.Invoice
  expect(invoice).toMatchObject({ status: 'paid', total: 2900, amount_paid: 2900, amount_remaining: 0 })
  expect(invoice.parent?.subscription_details?.subscription).toBe(subscription.id)
  const intent = await stripe.paymentIntents.retrieve(String(invoice.payments?.data[0]?.payment.payment_intent))
  expect(intent).toMatchObject({ status: 'succeeded', amount_received: 2900 })

  expect(receiver.types().filter((type) => !type.startsWith('price') && !type.startsWith('product'))).toEqual([
    'customer.created',
    'payment_method.attached',
    'customer.subscription.created',
    'customer.updated',
    'invoice.created',
    'customer.updated',
    'invoice.finalized',
    'payment_intent.created',
    'charge.succeeded',
    'payment_intent.succeeded',
    'invoice_payment.paid',
    'invoice.paid',
    'invoice.payment_succeeded',
    'customer.subscription.updated',
    'checkout.session.completed',
  ])
  const completed = receiver.received.at(-1)?.event
  expect(completed).toMatchObject({ type: 'checkout.session.completed', livemode: false, data: { object: { id: session.id } } })
})

test('a webhook body changed on the way does not verify', async () => {
  await using receiver = await startReceiver()
  await using fixture = await startFixture({ webhook: { url: receiver.url, secret: webhookSecret } })
  await fixture.stripe.customers.create({ email: 'ada@example.com' })
  await fixture.control.whenDelivered()
  const [first] = receiver.received
  expect(first).toBeDefined()
  const tampered = String(first?.body).replace('ada@', 'eve@')
  expect(() => Stripe.webhooks.constructEvent(tampered, String(first?.signature), webhookSecret)).toThrow(/signature/i)
})

test('a declined card is told to the person, charges nothing, and leaves the session open for another try', async () => {
  await using fixture = await startFixture()
  const { stripe } = fixture
  const session = await openCheckout(stripe)
  const declined = await submitCheckout(session, { intent: 'decline' })
  expect(declined.status).toBe(402)
  expect(await declined.text()).toContain('Your card was declined.')
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'open', customer: null, subscription: null })
  expect((await stripe.customers.list()).data).toHaveLength(0)
  expect((await stripe.charges.list()).data).toMatchObject([{ status: 'failed', paid: false, failure_code: 'card_declined' }])

  expect((await submitCheckout(session, {})).status).toBe(303)
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'complete' })
})

test('a number that is not a test card is refused before anything happens', async () => {
  await using fixture = await startFixture()
  const session = await openCheckout(fixture.stripe)
  const response = await submitCheckout(session, { card: '4111 1111 1111 1111' })
  expect(response.status).toBe(422)
  expect(await response.text()).toContain('That is not a test card')
  expect((await fixture.stripe.charges.list()).data).toHaveLength(0)
})

test('a session is paid once however often its form is sent', async () => {
  await using fixture = await startFixture()
  const { stripe } = fixture
  const session = await openCheckout(stripe)
  const answers = await Promise.all([1, 2, 3].map(() => submitCheckout(session, {})))
  expect(answers.map((answer) => answer.status).sort()).toEqual([303, 409, 409])
  expect((await stripe.subscriptions.list()).data).toHaveLength(1)
  expect((await stripe.charges.list()).data).toHaveLength(1)
})

test('an expired session shows a way back and cannot be paid', async () => {
  await using fixture = await startFixture()
  const { stripe, control } = fixture
  const session = await openCheckout(stripe)
  control.advance({ hours: 25 })
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'expired', url: null })
  const response = await submitCheckout(session, {})
  expect(response.status).toBe(409)
  const page = await response.text()
  expect(page).toContain('This checkout has expired')
  expect(page).toContain('href="http://app.test/plans"')
})

test('what a person typed is shown back as text, never as markup', async () => {
  await using fixture = await startFixture()
  const session = await openCheckout(fixture.stripe)
  const response = await submitCheckout(session, { card: '"><script>alert(1)</script>' })
  expect(await response.text()).not.toContain('<script>')
})

test('a checkout for an existing customer with a trial starts the trial and charges nothing yet', async () => {
  await using fixture = await startFixture()
  const { stripe } = fixture
  const customer = await stripe.customers.create({ email: 'ada@example.com' })
  const session = await openCheckout(stripe, { customer: customer.id, subscription_data: { trial_period_days: 14 } })
  expect((await submitCheckout(session, {})).status).toBe(303)
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['subscription', 'line_items'] })
  expect(done).toMatchObject({ payment_status: 'no_payment_required', customer: customer.id, amount_total: 0 })
  expect(done.subscription).toMatchObject({ status: 'trialing' })
  expect(done.line_items?.data).toMatchObject([{ description: 'Starter', quantity: 1 }])
  expect((await stripe.charges.list()).data).toHaveLength(0)
})

test('a one-time checkout takes the money and starts no subscription', async () => {
  await using fixture = await startFixture()
  const { stripe } = fixture
  const price = await makePrice(stripe, '20,000 characters', 900, { recurring: undefined })
  const session = await stripe.checkout.sessions.create({
    mode: 'payment',
    line_items: [{ price: price.id, quantity: 2 }],
    payment_intent_data: { metadata: { pack: 'small' } },
    success_url: 'http://app.test/done',
  })
  await submitCheckout(session, {})
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] })
  expect(done).toMatchObject({ status: 'complete', payment_status: 'paid', amount_total: 1800, subscription: null })
  expect(done.payment_intent).toMatchObject({ status: 'succeeded', amount: 1800, metadata: { pack: 'small' } })
})
