import { setTimeout as sleep } from 'node:timers/promises'
import Stripe from 'stripe'
import { expect, test } from 'vitest'
import { ChangeFeed } from '../../kernel/change-feed.ts'
import { eventually } from '../../testing/eventually.ts'
import { type BillingWorld, startBilling } from '../../testing/start-billing.ts'
import { currentSubscription } from './current-subscription.ts'
import { openPortal } from './open-portal.ts'
import { subscribe } from './subscribe.ts'

const times = <Value>(count: number, make: () => Promise<Value>) => Promise.all(Array.from({ length: count }, make))
const planIs = (world: BillingWorld, tenantId: string, plan: string) =>
  eventually(
    () => world.planOf(tenantId),
    (present) => present === plan,
  )

test('fifty clicks at once make one customer, one price and one checkout', async () => {
  await using world = await startBilling()
  const ada = await world.tenant()
  const answers = await times(50, () => subscribe(ada, { plan: 'starter' }))
  expect(new Set(answers.map(({ url }) => url)).size).toBe(1)
  expect(world.control.all('customers')).toHaveLength(1)
  expect(world.control.all('prices')).toHaveLength(1)
  expect(world.control.all('checkoutSessions')).toHaveLength(1)
  expect(await world.rows('select 1 from checkout')).toHaveLength(1)
})

test('nodes that know nothing of each other make one customer, one price and one checkout', async () => {
  await using world = await startBilling()
  const ada = await world.tenant()
  // a change feed of its own makes a node: what one holds in memory the others do not see
  const nodes = Array.from({ length: 8 }, () => {
    const changes = new ChangeFeed(world.pool, world.services.logger)
    return { ...ada, services: { ...world.services, changes } }
  })
  world.control.failRequests({ method: 'POST', work: 'done', delayMs: 100, times: 4 })
  const urls = await Promise.all(nodes.map((node) => subscribe(node, { plan: 'starter' })))
  expect(new Set(urls.map(({ url }) => url)).size).toBe(1)
  expect(world.control.all('customers')).toHaveLength(1)
  expect(world.control.all('prices')).toHaveLength(1)
  expect(world.control.all('checkoutSessions')).toHaveLength(1)
})

test('coming to the success address without having paid gives nothing', async () => {
  await using world = await startBilling()
  const ada = await world.tenant()
  const { url } = await subscribe(ada, { plan: 'pro' })
  const [session] = world.control.all('checkoutSessions')
  expect(session!.success_url).toBe('http://tollkeeper.test/billing/confirming?session={CHECKOUT_SESSION_ID}')
  expect(url).toContain(session!.id)
  await world.control.whenDelivered()
  await sleep(300)
  expect(await currentSubscription(ada)).toMatchObject({ plan: 'free', status: 'none', price: { amountMinor: 0 } })
})

test('a card that is declined at the checkout leaves the default plan in force', async () => {
  await using world = await startBilling()
  const ada = await world.tenant()
  const { url } = await subscribe(ada, { plan: 'starter' })
  expect(() => world.control.completeCheckout(url.split('/').at(-1)!, { card: '4000000000000002' })).toThrow()
  await world.control.whenDelivered()
  expect(await world.planOf(ada.tenantId)).toBe('free')
})

test.each([
  ['a plan that is not there', 'platinum', 'catalog.plan_unknown'],
  ['the plan without a price', 'enterprise', 'billing.plan_not_for_sale'],
  ['the default plan', 'free', 'billing.plan_not_for_sale'],
])('%s cannot be bought, and the provider is not asked', async (_name, plan, code) => {
  await using world = await startBilling()
  await expect(subscribe(await world.tenant(), { plan })).rejects.toMatchObject({ code })
  expect(world.control.all('customers')).toHaveLength(0)
})

test('another plan is changed to at once, the difference is charged, and the same plan again is refused', async () => {
  await using world = await startBilling()
  const ada = await world.tenant()
  world.pay((await subscribe(ada, { plan: 'starter' })).url)
  await planIs(world, ada.tenantId, 'starter')
  await expect(subscribe(ada, { plan: 'starter' })).rejects.toMatchObject({ code: 'billing.already_subscribed' })

  const answers = await times(10, () => subscribe(ada, { plan: 'pro' }).catch((error: unknown) => error))
  expect(answers).toContainEqual({ url: 'http://tollkeeper.test/billing/confirming' })
  expect(await world.planOf(ada.tenantId)).toBe('pro')
  const charged = world.control.all('invoices').map(({ amount_paid }) => amount_paid)
  expect(charged[0]).toBe(2900)
  expect(charged).toHaveLength(2)
  expect(charged[1]).toBeGreaterThan(6900)
  expect(charged[1]).toBeLessThanOrEqual(7000)
  expect(world.control.all('subscriptions')).toHaveLength(1)

  await subscribe(ada, { plan: 'starter' })
  await subscribe(ada, { plan: 'pro' })
  expect(await currentSubscription(ada)).toMatchObject({ plan: 'pro', status: 'active', price: { amountMinor: 9900 } })
})

test('an upgrade whose payment is declined says so and changes nothing', async () => {
  await using world = await startBilling()
  const ada = await world.tenant()
  world.pay((await subscribe(ada, { plan: 'starter' })).url)
  await planIs(world, ada.tenantId, 'starter')
  world.control.setPaymentOutcome(world.control.all('customers')[0]!.id, 'fail')
  await expect(subscribe(ada, { plan: 'pro' })).rejects.toMatchObject({ code: 'billing.payment_declined' })
  await world.control.whenDelivered()
  expect(await currentSubscription(ada)).toMatchObject({ plan: 'starter', status: 'active' })
  world.control.setPaymentOutcome(world.control.all('customers')[0]!.id, 'succeed')
  await subscribe(ada, { plan: 'pro' })
  expect(await world.planOf(ada.tenantId)).toBe('pro')
})

test('a checkout of another plan closes the one before it, so that two windows cannot pay twice', async () => {
  await using world = await startBilling()
  const ada = await world.tenant()
  const first = await subscribe(ada, { plan: 'starter' })
  const second = await subscribe(ada, { plan: 'pro' })
  expect(() => world.pay(first.url)).toThrow()
  world.pay(second.url)
  await planIs(world, ada.tenantId, 'pro')
})

test('two subscriptions that were paid all the same become one, and the older is ended with credit', async () => {
  await using world = await startBilling()
  const ada = await world.tenant()
  world.pay((await subscribe(ada, { plan: 'starter' })).url)
  await planIs(world, ada.tenantId, 'starter')
  const [customer] = world.control.all('customers')
  await sleep(1100)
  const { priceId } = await world.services.payments.ensurePrice({ ...(await proVersion(world)), name: 'Pro' })
  await world.rows(`insert into provider_price values ($1, 'sandbox', $2, 'prod_x', now())`, [
    (await proVersion(world)).planVersionId,
    priceId,
  ])
  const session = await stripeOf(world).checkout.sessions.create({
    mode: 'subscription',
    customer: customer!.id,
    line_items: [{ price: priceId, quantity: 1 }],
    success_url: 'http://tollkeeper.test',
  })
  world.control.completeCheckout(session.id)
  await planIs(world, ada.tenantId, 'pro')
  await eventually(
    async () => world.control.all('subscriptions').filter(({ status }) => status === 'active').length,
    (live) => live === 1,
  )
  const plans = () =>
    world.rows<{ plan_key: string; status: string }>('select plan_key, status from subscription order by provider_created_at')
  await eventually(plans, ([starter]) => starter?.status === 'canceled')
  expect(await plans()).toEqual([
    { plan_key: 'starter', status: 'canceled' },
    { plan_key: 'pro', status: 'active' },
  ])
  expect(await world.planOf(ada.tenantId)).toBe('pro')
})

test('a subscription whose metadata names another tenant counts for the customer who pays it', async () => {
  await using world = await startBilling()
  const [ada, eve] = [await world.tenant('Ada'), await world.tenant('Eve')]
  world.pay((await subscribe(eve, { plan: 'starter' })).url)
  await planIs(world, eve.tenantId, 'starter')
  const [own] = world.control.all('subscriptions')
  const stripe = stripeOf(world)
  await stripe.subscriptions.update(own!.id, { metadata: { tenant_id: ada.tenantId } })
  const stranger = await stripe.customers.create({ email: 'stranger@example.test', metadata: { tenant_id: ada.tenantId } })
  const price = world.control.all('prices')[0]!.id
  await stripe.subscriptions.create({
    customer: stranger.id,
    items: [{ price }],
    metadata: { tenant_id: ada.tenantId },
    collection_method: 'send_invoice',
    days_until_due: 7,
  })
  await world.control.whenDelivered()
  await eventually(
    () => world.rows(`select 1 from stripe_event where state = 'received'`),
    (rows) => rows.length === 0,
  )
  expect(await world.planOf(ada.tenantId)).toBe('free')
  expect(await world.planOf(eve.tenantId)).toBe('starter')
  expect(await world.rows('select 1 from subscription')).toHaveLength(1)
})

test.each([
  ['and is answered differently the next time', false],
  ['and is remembered by the provider for a day', true],
])('a provider that does the work and answers 500, %s, makes nothing twice', async (_name, remembered) => {
  await using world = await startBilling()
  const ada = await world.tenant()
  for (const path of [/customers$/, /products$/, /prices$/, /sessions$/]) {
    world.control.failRequests({ method: 'POST', path, work: 'done', answer: 500, remembered })
  }
  const url = await eventuallyAnswers(() => subscribe(ada, { plan: 'starter' }))
  world.pay(url)
  await planIs(world, ada.tenantId, 'starter')
  expect(world.control.all('customers')).toHaveLength(1)
  expect(world.control.all('subscriptions')).toHaveLength(1)
  expect(world.control.all('invoices').map(({ amount_paid }) => amount_paid)).toEqual([2900])
})

test('an upgrade that was done and answered with an error is charged once', async () => {
  await using world = await startBilling()
  const ada = await world.tenant()
  world.pay((await subscribe(ada, { plan: 'starter' })).url)
  await planIs(world, ada.tenantId, 'starter')
  world.control.failRequests({ method: 'POST', path: /subscriptions/, work: 'done', answer: 'hang_up', times: 2 })
  await subscribe(ada, { plan: 'pro' }).catch((error: unknown) =>
    expect(error).toMatchObject({ code: 'billing.provider_unavailable' }),
  )
  await planIs(world, ada.tenantId, 'pro')
  expect(world.control.all('invoices').filter(({ amount_paid }) => amount_paid > 0)).toHaveLength(2)
})

test('a provider that hangs is given up long before it answers, in words, and nothing is kept', async () => {
  await using world = await startBilling()
  const ada = await world.tenant()
  world.control.failRequests({ path: /./, work: 'undone', delayMs: 60_000, answer: 500, times: 50 })
  const begun = performance.now()
  await expect(subscribe(ada, { plan: 'starter' })).rejects.toMatchObject({ code: 'billing.provider_unavailable' })
  expect(performance.now() - begun).toBeLessThan(25_000)
  expect(await world.rows('select 1 from customer')).toHaveLength(0)
  world.control.clearFaults()
})

test('the same Idempotency-Key is answered the same, whatever happened since', async () => {
  await using world = await startBilling()
  const ada = await world.tenant()
  const attempt = (plan: string, requestHash = 'hash') =>
    subscribe({ ...ada, idempotency: { key: 'order-1', procedure: 'billing.subscribe', requestHash, repeatable: true } }, { plan })
  const first = await attempt('starter')
  world.pay(first.url)
  await planIs(world, ada.tenantId, 'starter')
  expect(await attempt('starter')).toEqual(first)
  await expect(attempt('pro', 'another hash')).rejects.toMatchObject({ code: 'idempotency.conflict' })
  expect(await world.planOf(ada.tenantId)).toBe('starter')
})

test('the portal opens for who has been a customer, and says what to do to who has not', async () => {
  await using world = await startBilling()
  const ada = await world.tenant()
  await expect(openPortal(ada)).rejects.toMatchObject({ code: 'billing.no_subscription' })
  await subscribe(ada, { plan: 'starter' })
  expect((await openPortal(ada)).url).toContain(`${world.sandboxUrl}/p/session/`)
  expect(await world.rows(`select actor_id, details from audit_entry where action = 'subscription.checkout_started'`)).toEqual([
    { actor_id: ada.caller.kind === 'user' ? ada.caller.userId : null, details: { plan: 'starter' } },
  ])
})

async function eventuallyAnswers(ask: () => Promise<{ url: string }>): Promise<string> {
  for (let attempt = 0; attempt < 8; attempt++) {
    const answer = await ask().catch((error: unknown) => {
      expect(error).toMatchObject({ code: 'billing.provider_unavailable' })
      return null
    })
    if (answer) return answer.url
  }
  throw new Error('eight attempts failed')
}

function stripeOf(world: BillingWorld): Stripe {
  const { hostname, port } = new URL(world.sandboxUrl)
  return new Stripe('sk_test_of_the_tests', { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 })
}

async function proVersion({ rows }: BillingWorld): Promise<{ planVersionId: string; priceMinor: number; currency: string }> {
  const [version] = await rows<{ id: string }>(`select live_version_id as id from plan where key = 'pro'`)
  return { planVersionId: version!.id, priceMinor: 9900, currency: 'cny' }
}
