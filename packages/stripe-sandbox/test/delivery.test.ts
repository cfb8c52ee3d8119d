import { expect, test } from 'vitest'
import { client, startFixture } from './sandbox-fixture.ts'
import { startReceiver, webhookSecret } from './webhook-receiver.ts'

const quick = { firstRetryMs: 5, attempts: 4 }

async function setUp(delivery = quick) {
  const receiver = await startReceiver()
  const fixture = await startFixture({ webhook: { url: receiver.url, secret: webhookSecret }, delivery })
  return {
    receiver,
    ...fixture,
    async [Symbol.asyncDispose]() {
      await fixture[Symbol.asyncDispose]()
      await receiver[Symbol.asyncDispose]()
    },
  }
}

test('an endpoint that fails at first gets the event again until it says yes', async () => {
  await using setup = await setUp()
  const { receiver, stripe, control } = setup
  receiver.failNext(2)
  await stripe.customers.create({ email: 'ada@example.com' })
  await control.whenDelivered()
  expect(receiver.types()).toEqual(['customer.created'])
  expect(control.all('deliveries')[0]).toMatchObject({
    status: 'succeeded',
    attempts: [{ status: 500 }, { status: 500 }, { status: 200 }],
  })
  expect((await stripe.events.list({ delivery_success: true })).data).toHaveLength(1)
})

test('an endpoint that never says yes is given up, and its events can be listed as undelivered and sent again', async () => {
  await using setup = await setUp()
  const { receiver, stripe, control } = setup
  receiver.failNext(4)
  await stripe.customers.create({ email: 'ada@example.com' })
  await control.whenDelivered()
  expect(receiver.types()).toEqual([])
  const [missed] = (await stripe.events.list({ delivery_success: false })).data
  expect(missed).toMatchObject({ type: 'customer.created', pending_webhooks: 1 })
  control.resend(String(missed?.id))
  await control.whenDelivered()
  expect(receiver.types()).toEqual(['customer.created'])
  expect(await stripe.events.retrieve(String(missed?.id))).toMatchObject({ pending_webhooks: 0 })
})

test('dropped events never arrive but can still be listed', async () => {
  await using setup = await setUp()
  const { receiver, stripe, control } = setup
  control.faultDeliveries({ drop: (event) => event.type === 'customer.updated' })
  const customer = await stripe.customers.create({ email: 'ada@example.com' })
  await stripe.customers.update(customer.id, { name: 'Ada' })
  await control.whenDelivered()
  expect(receiver.types()).toEqual(['customer.created'])
  expect((await stripe.events.list({ delivery_success: false })).data).toMatchObject([
    { type: 'customer.updated', data: { previous_attributes: { name: null } } },
  ])
})

test('duplicated events arrive as often as asked, with one id', async () => {
  await using setup = await setUp()
  const { receiver, stripe, control } = setup
  control.faultDeliveries({ copies: () => 3 })
  await stripe.customers.create({ email: 'ada@example.com' })
  await control.whenDelivered()
  expect(receiver.received).toHaveLength(3)
  expect(new Set(receiver.received.map(({ event }) => event.id)).size).toBe(1)
})

test('held events arrive in the order the test chooses', async () => {
  await using setup = await setUp()
  const { receiver, stripe, control } = setup
  control.holdDeliveries()
  const customer = await stripe.customers.create({ email: 'ada@example.com' })
  await stripe.customers.update(customer.id, { name: 'Ada' })
  await stripe.customers.update(customer.id, { name: 'Countess' })
  await control.whenDelivered()
  expect(receiver.types()).toEqual([])
  control.releaseDeliveries((events) => events.toReversed())
  await control.whenDelivered()
  expect(receiver.received.map(({ event }) => [event.type, (event.data.object as { name: string | null }).name])).toEqual([
    ['customer.updated', 'Countess'],
    ['customer.updated', 'Ada'],
    ['customer.created', null],
  ])
})

test('a delayed event arrives after later ones', async () => {
  await using setup = await setUp()
  const { receiver, stripe, control } = setup
  control.faultDeliveries({ delayMs: (event) => (event.type === 'customer.created' ? 500 : 0) })
  const customer = await stripe.customers.create({ email: 'ada@example.com' })
  await stripe.customers.update(customer.id, { name: 'Ada' })
  await control.whenDelivered()
  expect(receiver.types()).toEqual(['customer.updated', 'customer.created'])
})

test('signatures carry the real time even when the sandbox clock is far ahead', async () => {
  await using setup = await setUp()
  const { receiver, stripe, control } = setup
  control.advance({ days: 365 })
  await stripe.customers.create({ email: 'ada@example.com' })
  await control.whenDelivered()
  const signedAt = Number(/t=(\d+)/.exec(receiver.received[0]?.signature ?? '')?.[1])
  expect(Math.abs(signedAt - Date.now() / 1000)).toBeLessThan(60)
})

test('an endpoint made over the API gets only the events it asked for, and its secret is told once', async () => {
  await using receiver = await startReceiver()
  await using fixture = await startFixture()
  const { stripe, control } = fixture
  const endpoint = await stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: ['customer.deleted'] })
  expect(endpoint.secret).toMatch(/^whsec_/)
  receiver.useSecret(String(endpoint.secret))
  expect((await stripe.webhookEndpoints.list()).data[0]).not.toHaveProperty('secret')
  const customer = await stripe.customers.create({ email: 'ada@example.com' })
  await stripe.customers.del(customer.id)
  await control.whenDelivered()
  expect(receiver.types()).toEqual(['customer.deleted'])
  await stripe.webhookEndpoints.del(endpoint.id)
  expect((await stripe.webhookEndpoints.list()).data).toEqual([])
})

test('closing the sandbox does not wait for retries that are far off', async () => {
  await using receiver = await startReceiver()
  const fixture = await startFixture({ webhook: { url: receiver.url, secret: webhookSecret }, delivery: { firstRetryMs: 60_000 } })
  receiver.failNext(1)
  await client(fixture.sandbox).customers.create({ email: 'ada@example.com' })
  const began = Date.now()
  await fixture[Symbol.asyncDispose]()
  expect(Date.now() - began).toBeLessThan(30_000)
})
