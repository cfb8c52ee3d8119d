import Fastify from 'fastify'
import type Stripe from 'stripe'
import { expect, test } from 'vitest'
import { createControl, createSandbox, stripeSandboxPlugin } from '../src/index.ts'
import { january31, makeCustomer, makePrice, startFixture } from './sandbox-fixture.ts'

const post = (url: string, fields: Record<string, string>) =>
  fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) })

async function subscribed() {
  const fixture = await startFixture()
  const { stripe } = fixture
  const price = await makePrice(stripe, 'Starter', 2900)
  const customer = await makeCustomer(stripe)
  const subscription = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
  return { ...fixture, customer, subscription }
}

test('the portal ends a subscription with its period, and takes that back', async () => {
  await using setup = await subscribed()
  const { stripe, customer, subscription } = setup
  const portal = await stripe.billingPortal.sessions.create({ customer: customer.id, return_url: 'http://app.test/billing' })
  const page = await (await fetch(portal.url)).text()
  expect(page).toContain('Cancel subscription')
  expect(page).toContain('href="http://app.test/billing"')
  expect(await (await post(portal.url, { intent: 'cancel', subscription: subscription.id })).text()).toContain(
    'Ends on 28 Feb 2027',
  )
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ cancel_at_period_end: true })
  await post(portal.url, { intent: 'resume', subscription: subscription.id })
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ cancel_at_period_end: false })
})

test('the portal of one customer cannot touch the subscription of another', async () => {
  await using setup = await subscribed()
  const { stripe, subscription } = setup
  const stranger = await makeCustomer(stripe)
  const portal = await stripe.billingPortal.sessions.create({ customer: stranger.id })
  await post(portal.url, { intent: 'cancel', subscription: subscription.id })
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ cancel_at_period_end: false })
})

test('a card that fails, chosen in the portal, fails the renewal; a good one pays it on the invoice page', async () => {
  await using setup = await subscribed()
  const { stripe, control, customer, subscription } = setup
  const portal = await stripe.billingPortal.sessions.create({ customer: customer.id })
  await post(portal.url, { intent: 'bad-card' })
  control.setTime('2027-02-28T12:00:00Z')
  const [open] = (await stripe.invoices.list({ subscription: subscription.id })).data
  const hosted = String(open?.hosted_invoice_url)
  const refused = await post(hosted, { intent: 'pay' })
  expect(refused.status).toBe(402)
  expect(await refused.text()).toContain('Your card was declined.')
  await post(portal.url, { intent: 'good-card' })
  expect(await (await post(hosted, { intent: 'pay' })).text()).toContain('Paid')
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: 'active' })
})

test('an invoice has a page and a PDF whose table of contents is true', async () => {
  await using setup = await subscribed()
  const { stripe, subscription } = setup
  const invoice = await stripe.invoices.retrieve(String(subscription.latest_invoice))
  expect(await (await fetch(String(invoice.hosted_invoice_url))).text()).toContain('¥29.00 CNY')
  const response = await fetch(String(invoice.invoice_pdf))
  expect(response.headers.get('content-type')).toBe('application/pdf')
  const pdf = Buffer.from(await response.arrayBuffer()).toString('latin1')
  const offsets = [...pdf.matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset))
  expect(offsets.length).toBeGreaterThan(3)
  offsets.forEach((offset, index) => {
    expect(pdf.slice(offset).startsWith(`${index + 1} 0 obj`)).toBe(true)
  })
  expect(pdf.slice(Number(/startxref\n(\d+)/.exec(pdf)?.[1])).startsWith('xref')).toBe(true)
})

test('a form sent from another site does nothing', async () => {
  await using setup = await subscribed()
  const { control, sandbox } = setup
  const headers = { 'sec-fetch-site': 'cross-site' }
  const response = await fetch(`${sandbox.url}/`, { method: 'POST', headers, body: new URLSearchParams({ intent: 'month' }) })
  expect(response.status).toBe(403)
  expect(control.now().getTime()).toBe(january31)
})

test("the overview moves the clock and makes a customer's charges fail", async () => {
  await using setup = await subscribed()
  const { stripe, sandbox, customer, subscription } = setup
  await post(`${sandbox.url}/`, { intent: 'fail', customer: customer.id })
  await post(`${sandbox.url}/`, { intent: 'month' })
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: 'past_due' })
})

test('mounted under a path of another server, links lead there and checkout works end to end', async () => {
  const sandbox = createSandbox({ publicUrl: 'http://localhost:4000/_stripe', now: () => january31 })
  const app = Fastify()
  app.addContentTypeParser('application/x-www-form-urlencoded', (_request, _payload, done) =>
    done(new Error('The host reads no forms.')),
  )
  app.get('/', () => ({ host: true }))
  await app.register(stripeSandboxPlugin, { prefix: '/_stripe', sandbox })
  const headers = { authorization: `Bearer ${sandbox.secretKey}`, 'content-type': 'application/x-www-form-urlencoded' }
  const call = async (url: string, payload: string) =>
    (await app.inject({ method: 'POST', url: `/_stripe${url}`, headers, payload })).json()
  const product = await call('/v1/products', 'name=Starter')
  const price = await call('/v1/prices', `product=${product.id}&currency=cny&unit_amount=2900&recurring[interval]=month`)
  const session: Stripe.Checkout.Session = await call(
    '/v1/checkout/sessions',
    `mode=subscription&line_items[0][price]=${price.id}&line_items[0][quantity]=1&success_url=http%3A%2F%2Flocalhost%3A4000%2Fdone`,
  )
  expect(session.url).toBe(`http://localhost:4000/_stripe/c/pay/${session.id}`)
  const page = await app.inject(`/_stripe/c/pay/${session.id}`)
  expect(page.headers['content-type']).toContain('text/html')
  const paid = await app.inject({
    method: 'POST',
    url: `/_stripe/c/pay/${session.id}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'intent=pay&email=ada%40example.com&card=4242424242424242',
  })
  expect([paid.statusCode, paid.headers.location]).toEqual([303, 'http://localhost:4000/done'])
  expect(createControl(sandbox).all('subscriptions')).toMatchObject([{ status: 'active' }])
  expect((await app.inject('/')).json()).toEqual({ host: true })
  expect((await app.inject({ url: '/_stripe/v1/nothing', headers })).json()).toMatchObject({
    error: { type: 'invalid_request_error' },
  })
  await app.close()
  await sandbox.close()
})

test('a sandbox with a port of its own can show its pages in another server', async () => {
  await using fixture = await startFixture({ publicUrl: 'http://localhost:4000/_stripe' })
  const { stripe, sandbox } = fixture
  const app = Fastify()
  await app.register(stripeSandboxPlugin, { prefix: '/_stripe', sandbox: sandbox.sandbox, api: false })
  const customer = await stripe.customers.create({ email: 'ada@example.com' })
  const portal = await stripe.billingPortal.sessions.create({ customer: customer.id })
  expect(portal.url).toBe(`http://localhost:4000/_stripe/p/session/${portal.id}`)
  expect((await app.inject(`/_stripe/p/session/${portal.id}`)).body).toContain('ada@example.com')
  expect((await app.inject('/_stripe/v1/customers')).statusCode).toBe(404)
  await app.close()
})

test('the in-process control pays a checkout as the page would, and throws when the card is declined', async () => {
  await using fixture = await startFixture()
  const { stripe, control } = fixture
  const price = await makePrice(stripe, 'Starter', 2900)
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    line_items: [{ price: price.id, quantity: 1 }],
    success_url: 'http://app.test/done',
  })
  expect(() => control.completeCheckout(session.id, { card: '4000000000000002' })).toThrow('Your card was declined.')
  expect(control.completeCheckout(session.id)).toMatchObject({ status: 'complete', payment_status: 'paid' })
})
