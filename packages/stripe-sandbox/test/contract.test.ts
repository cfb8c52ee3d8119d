import Stripe from 'stripe'
import { expect, test } from 'vitest'
import { apiVersion } from '../src/index.ts'
import { client, makeCustomer, makePrice, startFixture } from './sandbox-fixture.ts'

const { StripeAuthenticationError, StripeIdempotencyError, StripeInvalidRequestError, StripeCardError } = Stripe.errors

test('the sandbox speaks the version the pinned SDK was written for', () => {
  expect(apiVersion).toBe(Stripe.API_VERSION)
})

test('an unknown route throws in the SDK instead of being taken for an answer', async () => {
  await using fixture = await startFixture()
  const refused = fixture.stripe.coupons.create({ percent_off: 10, duration: 'once' })
  await expect(refused).rejects.toBeInstanceOf(StripeInvalidRequestError)
  await expect(refused).rejects.toThrow(/Unrecognized request URL \(POST: \/v1\/coupons\)/)
})

test('an unknown id throws: 404 in the path, 400 naming the parameter in the body', async () => {
  await using fixture = await startFixture()
  const { stripe } = fixture
  await expect(stripe.customers.retrieve('cus_nobody')).rejects.toMatchObject({
    type: 'StripeInvalidRequestError',
    statusCode: 404,
    code: 'resource_missing',
    param: 'id',
  })
  const price = await makePrice(stripe, 'Starter', 2900)
  await expect(stripe.subscriptions.create({ customer: 'cus_nobody', items: [{ price: price.id }] })).rejects.toMatchObject({
    statusCode: 400,
    code: 'resource_missing',
    param: 'customer',
  })
})

test.each([
  ['a missing parameter', { currency: 'cny' }, 'parameter_missing', 'product'],
  ['a misspelt parameter', { currency: 'cny', product: 'p', unit_amont: 5 }, 'parameter_unknown', 'unit_amont'],
  ['a fraction of a minor unit', { currency: 'cny', product: 'p', unit_amount: 1.5 }, 'parameter_invalid_integer', 'unit_amount'],
  [
    'a number past 2^53',
    { currency: 'cny', product: 'p', unit_amount: '9007199254740993' },
    'parameter_invalid_integer',
    'unit_amount',
  ],
  ['a nested fault', { currency: 'cny', product: 'p', recurring: { interval: 'eon' } }, undefined, 'recurring[interval]'],
])('%s is refused by name', async (_what, parameters, code, param) => {
  await using fixture = await startFixture()
  const refused = fixture.stripe.prices.create(parameters as unknown as Stripe.PriceCreateParams)
  await expect(refused).rejects.toMatchObject({ type: 'StripeInvalidRequestError', statusCode: 400, param })
  await expect(refused).rejects.toHaveProperty('code', code)
})

test('only test keys get in, and a live key is told why', async () => {
  await using fixture = await startFixture()
  const { sandbox } = fixture
  const ask = (secretKey: string) => client({ ...sandbox, secretKey }).customers.list()
  await expect(ask('nonsense')).rejects.toBeInstanceOf(StripeAuthenticationError)
  await expect(ask('sk_live_51abc')).rejects.toThrow(/never takes a live key/)
  expect((await ask('sk_test_anything')).data).toEqual([])
  expect((await fetch(`${sandbox.url}/v1/customers`)).status).toBe(401)
})

test('a program can see whether its key works', async () => {
  await using fixture = await startFixture()
  expect(await fixture.stripe.accounts.retrieveCurrent()).toMatchObject({ object: 'account', charges_enabled: true })
})

test('each answer names its request, and the event names it too', async () => {
  await using fixture = await startFixture()
  const { stripe } = fixture
  const customer = await stripe.customers.create({ email: 'ada@example.com' }, { idempotencyKey: 'key-1' })
  expect(customer.lastResponse.requestId).toMatch(/^req_/)
  expect(customer.lastResponse.headers['stripe-version']).toBe(apiVersion)
  const [event] = (await stripe.events.list()).data
  expect(event?.request).toEqual({ id: customer.lastResponse.requestId, idempotency_key: 'key-1' })
  expect(event?.api_version).toBe(apiVersion)
})

test('the same key and request do the work once and get the same answer', async () => {
  await using fixture = await startFixture()
  const { stripe } = fixture
  const ask = () => stripe.customers.create({ email: 'ada@example.com', metadata: { tenant: 'ten_1' } }, { idempotencyKey: 'once' })
  const first = await ask()
  const second = await ask()
  expect(second.id).toBe(first.id)
  expect(second.lastResponse.headers['idempotent-replayed']).toBe('true')
  expect((await stripe.customers.list()).data).toHaveLength(1)
})

test('the same key with another body or another route is refused and does nothing', async () => {
  await using fixture = await startFixture()
  const { stripe } = fixture
  await stripe.customers.create({ email: 'ada@example.com' }, { idempotencyKey: 'once' })
  await expect(stripe.customers.create({ email: 'eve@example.com' }, { idempotencyKey: 'once' })).rejects.toMatchObject({
    type: 'StripeIdempotencyError',
    statusCode: 400,
  })
  await expect(stripe.products.create({ name: 'x' }, { idempotencyKey: 'once' })).rejects.toBeInstanceOf(StripeIdempotencyError)
  expect((await stripe.customers.list()).data).toHaveLength(1)
})

test('a key whose request was refused before anything happened may be used again', async () => {
  await using fixture = await startFixture()
  const { stripe } = fixture
  await expect(stripe.customers.create({ email: 'not an address' }, { idempotencyKey: 'again' })).rejects.toThrow(/email/)
  expect(await stripe.customers.create({ email: 'ada@example.com' }, { idempotencyKey: 'again' })).toMatchObject({
    email: 'ada@example.com',
  })
})

test('a declined payment is replayed, not tried again', async () => {
  await using fixture = await startFixture()
  const { stripe, control } = fixture
  const customer = await makeCustomer(stripe)
  await stripe.invoiceItems.create({ customer: customer.id, amount: 500, currency: 'cny' })
  const invoice = await stripe.invoices.create({
    customer: customer.id,
    currency: 'cny',
    pending_invoice_items_behavior: 'include',
  })
  control.setPaymentOutcome(customer.id, 'fail')
  const pay = () => stripe.invoices.pay(invoice.id, {}, { idempotencyKey: 'pay-1' })
  await expect(pay()).rejects.toBeInstanceOf(StripeCardError)
  await expect(pay()).rejects.toMatchObject({ code: 'card_declined', decline_code: 'generic_decline' })
  expect((await stripe.charges.list()).data).toHaveLength(1)
  expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ status: 'open', attempt_count: 1 })
})

test('a twin sent while the first is still under way is turned away', async () => {
  await using fixture = await startFixture()
  const { stripe, control } = fixture
  control.failRequests({ method: 'POST', work: 'done', delayMs: 1000 })
  const slow = stripe.customers.create({ email: 'ada@example.com' }, { idempotencyKey: 'twin' })
  while (control.all('customers').length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  await expect(stripe.customers.create({ email: 'ada@example.com' }, { idempotencyKey: 'twin' })).rejects.toMatchObject({
    statusCode: 409,
    code: 'idempotency_key_in_use',
  })
  await slow
  expect((await stripe.customers.list()).data).toHaveLength(1)
})

test.each([500, 'hang_up'] as const)(
  'work that was done but answered with %s is found done by a retry with the same key',
  async (answer) => {
    await using fixture = await startFixture()
    const { control, sandbox } = fixture
    control.failRequests({ method: 'POST', work: 'done', answer })
    const retrying = client(sandbox, { maxNetworkRetries: 2 })
    await retrying.customers.create({ email: 'ada@example.com' })
    expect((await fixture.stripe.customers.list()).data).toHaveLength(1)
  },
)

test('a failure that Stripe itself recorded is what the key replays', async () => {
  await using fixture = await startFixture()
  const { stripe, control } = fixture
  control.failRequests({ work: 'done', answer: 500, remembered: true })
  const ask = () => stripe.customers.create({ email: 'ada@example.com' }, { idempotencyKey: 'k' })
  await expect(ask()).rejects.toMatchObject({ statusCode: 500 })
  await expect(ask()).rejects.toMatchObject({ statusCode: 500 })
})

test('work that was not done leaves nothing', async () => {
  await using fixture = await startFixture()
  const { stripe, control } = fixture
  control.failRequests({ work: 'undone', answer: 503 })
  await expect(stripe.customers.create({ email: 'ada@example.com' })).rejects.toMatchObject({ statusCode: 503 })
  expect((await stripe.customers.list()).data).toHaveLength(0)
})

test("a slow answer runs into the client's own time limit", async () => {
  await using fixture = await startFixture()
  fixture.control.failRequests({ work: 'done', delayMs: 1500 })
  const hasty = client(fixture.sandbox, { timeout: 100 })
  await expect(hasty.customers.list()).rejects.toBeInstanceOf(Stripe.errors.StripeConnectionError)
})

test('pages of a listing join without gaps or repeats, newest first', async () => {
  await using fixture = await startFixture()
  const { stripe } = fixture
  const made: string[] = []
  for (let index = 0; index < 7; index += 1) made.push((await stripe.customers.create({ email: `c${index}@example.com` })).id)
  const first = await stripe.customers.list({ limit: 3 })
  expect(first).toMatchObject({ has_more: true, url: '/v1/customers' })
  const all = await stripe.customers.list({ limit: 3 }).autoPagingToArray({ limit: 100 })
  expect(all.map((customer) => customer.id)).toEqual(made.toReversed())
  expect((await stripe.customers.list({ email: 'c4@example.com' })).data).toHaveLength(1)
  await expect(stripe.customers.list({ limit: 101 })).rejects.toThrow(/between 1 and 100/)
})

test('a lookup key finds its price and only moves when asked to', async () => {
  await using fixture = await startFixture()
  const { stripe } = fixture
  const old = await makePrice(stripe, 'Starter', 2900, { lookup_key: 'starter' })
  await expect(makePrice(stripe, 'Starter', 3900, { lookup_key: 'starter' })).rejects.toThrow(/already uses that lookup key/)
  const next = await makePrice(stripe, 'Starter', 3900, { lookup_key: 'starter', transfer_lookup_key: true })
  expect((await stripe.prices.list({ lookup_keys: ['starter'] })).data.map((price) => price.id)).toEqual([next.id])
  expect((await stripe.prices.list({ product: String(old.product) })).data).toMatchObject([{ id: old.id, lookup_key: null }])
})

test('what cannot be expanded is refused, what can holds the object', async () => {
  await using fixture = await startFixture()
  const { stripe } = fixture
  const price = await makePrice(stripe, 'Starter', 2900)
  const customer = await makeCustomer(stripe)
  await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
  const list = await stripe.subscriptions.list({ expand: ['data.customer', 'data.items.data.price.product'] })
  expect(list.data[0]?.customer).toMatchObject({ email: 'ada@example.com' })
  expect(list.data[0]?.items.data[0]?.price.product).toMatchObject({ name: 'Starter' })
  await expect(stripe.customers.retrieve(customer.id, { expand: ['shoe_size'] })).rejects.toThrow(/cannot be expanded/)
})

test('metadata merges key by key, and an empty value removes its key', async () => {
  await using fixture = await startFixture()
  const { stripe } = fixture
  const customer = await stripe.customers.create({ metadata: { a: '1', b: '2' } })
  expect((await stripe.customers.update(customer.id, { metadata: { b: '', c: '3' } })).metadata).toEqual({ a: '1', c: '3' })
  expect((await stripe.customers.update(customer.id, { metadata: '' })).metadata).toEqual({})
})

test('names that reach into prototypes are only names', async () => {
  await using fixture = await startFixture()
  const { stripe } = fixture
  const hostile = { metadata: JSON.parse('{"__proto__": "x", "constructor": "y"}') as Record<string, string> }
  await stripe.customers.create(hostile).catch((error: unknown) => expect(error).toBeInstanceOf(StripeInvalidRequestError))
  expect(Object.getPrototypeOf({})).toBe(Object.prototype)
  expect('x' in {}).toBe(false)
})

test('a deleted customer is only known as deleted, and its subscriptions have ended', async () => {
  await using fixture = await startFixture()
  const { stripe } = fixture
  const price = await makePrice(stripe, 'Starter', 2900)
  const customer = await makeCustomer(stripe)
  const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
  await stripe.customers.del(customer.id)
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ id: customer.id, deleted: true })
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'canceled' })
})

test('a refund gives back what was paid and not more', async () => {
  await using fixture = await startFixture()
  const { stripe } = fixture
  const price = await makePrice(stripe, 'Starter', 2900)
  const customer = await makeCustomer(stripe)
  await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
  const charge = String((await stripe.charges.list()).data[0]?.id)
  expect(await stripe.refunds.create({ charge, amount: 900 })).toMatchObject({ amount: 900, status: 'succeeded', currency: 'cny' })
  await expect(stripe.refunds.create({ charge, amount: 2001 })).rejects.toThrow(/greater than unrefunded amount/)
  await stripe.refunds.create({ charge })
  expect(await stripe.charges.retrieve(charge, { expand: ['refunds'] })).toMatchObject({
    amount_refunded: 2900,
    refunded: true,
    refunds: { data: [{ amount: 2000 }, { amount: 900 }] },
  })
  await expect(stripe.refunds.create({ charge })).rejects.toMatchObject({ code: 'charge_already_refunded' })
})

test('a voided invoice can no longer be paid', async () => {
  await using fixture = await startFixture()
  const { stripe } = fixture
  const customer = await makeCustomer(stripe)
  await stripe.invoiceItems.create({ customer: customer.id, amount: 500, currency: 'jpy' })
  const draft = await stripe.invoices.create({ customer: customer.id, currency: 'jpy', pending_invoice_items_behavior: 'include' })
  const open = await stripe.invoices.finalizeInvoice(draft.id)
  expect(open).toMatchObject({ status: 'open', amount_due: 500, number: expect.stringMatching(/-0001$/) })
  expect(await stripe.invoices.voidInvoice(draft.id)).toMatchObject({ status: 'void' })
  await expect(stripe.invoices.pay(draft.id)).rejects.toThrow(/void/)
})
