import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import Stripe from 'stripe'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TenantContext } from '../../../kernel/context.ts'
import type { EventSubject } from '../../../kernel/ports/payments.ts'
import { type BillingWorld, startBilling } from '../../../testing/start-billing.ts'
import { ensurePrice } from '../checkout/ensure-price.ts'
import { subscribe } from '../subscribe.ts'
import { applyEvent } from './apply-event.ts'
import { reconcile } from './reconcile.ts'
import { reconcileCustomer } from './reconcile-customer.ts'

let world: BillingWorld
let stripe: Stripe
beforeAll(async () => {
  world = await startBilling({ deliver: false, work: false })
  const { hostname, port } = new URL(world.sandboxUrl)
  stripe = new Stripe('sk_test_of_the_tests', { host: hostname, port, protocol: 'http' })
  for (const [planKey, name, priceMinor] of [
    ['starter', 'Starter', 2900],
    ['pro', 'Pro', 9900],
  ] as const) {
    const [version] = await world.rows<{ id: string }>('select live_version_id as id from plan where key = $1', [planKey])
    await ensurePrice(world.services, { planVersionId: version!.id, name, priceMinor, currency: 'cny' })
  }
})
afterAll(() => world[Symbol.asyncDispose]())

interface Lifecycle {
  ctx: TenantContext
  customerId: string
  /** What is done at the provider, in order. */
  steps: (() => Promise<unknown>)[]
  /** The events since the last time that was asked. */
  news(): EventSubject[]
  apply(subject: EventSubject): Promise<void>
}

async function begin(): Promise<Lifecycle> {
  const ctx = await world.tenant()
  const { url } = await subscribe(ctx, { plan: 'starter' })
  const [{ stripe_customer_id: customerId } = { stripe_customer_id: '' }] = await world.rows<{ stripe_customer_id: string }>(
    'select stripe_customer_id from customer where tenant_id = $1',
    [ctx.tenantId],
  )
  const live = () => world.control.all('subscriptions').find((one) => one.customer === customerId)!
  const prices = world.control.all('prices')
  const priceOf = (amount: number) => prices.find(({ unit_amount }) => unit_amount === amount)!.id
  const move = (amount: number) =>
    stripe.subscriptions.update(live().id, { items: [{ id: live().items.data[0]!.id, price: priceOf(amount) }] })
  let seen = world.control.all('events').length
  let sent = 0
  return {
    ctx,
    customerId,
    steps: [
      async () => world.pay(url),
      () => move(9900),
      () => stripe.subscriptions.update(live().id, { cancel_at_period_end: true }),
      () => move(2900),
      () => stripe.subscriptions.cancel(live().id),
    ],
    news() {
      const fresh = world.control.all('events').slice(seen)
      seen += fresh.length
      return fresh.flatMap(({ type, data }): EventSubject[] => {
        const { id } = data.object as { id: string }
        if (type.startsWith('customer.subscription.')) return [{ kind: 'subscription', id }]
        return type.startsWith('checkout.session.') ? [{ kind: 'checkout', id }] : []
      })
    },
    apply: (subject) => applyEvent(world.services, { eventId: `evt_${ctx.tenantId}_${sent++}`, subject }),
  }
}

/** What we hold and give must be what the provider has. */
async function expectConverged({ ctx, customerId }: Lifecycle): Promise<void> {
  const theirs = world.control.all('subscriptions').filter(({ customer }) => customer === customerId)
  const ours = await world.rows(
    `select stripe_subscription_id as id, status, plan_key as plan, cancel_at_period_end as cancels, superseded,
       extract(epoch from current_period_end)::float8 as until, extract(epoch from ended_at)::float8 as ended
     from subscription where tenant_id = $1`,
    [ctx.tenantId],
  )
  const planOf = (amount: number | null) => (amount === 9900 ? 'pro' : 'starter')
  expect(ours).toEqual(
    theirs.map((one) => ({
      id: one.id,
      status: one.status,
      plan: planOf(one.items.data[0]!.price.unit_amount),
      cancels: one.cancel_at_period_end,
      superseded: false,
      until: one.items.data[0]!.current_period_end,
      ended: one.ended_at,
    })),
  )
  const [paid] = theirs.filter(({ status }) => status === 'active')
  expect(await world.planOf(ctx.tenantId)).toBe(paid ? planOf(paid.items.data[0]!.price.unit_amount) : 'free')
}

/** Makes what we hold out of date, as if nothing had been heard of since the beginning. */
async function forget({ ctx }: Lifecycle): Promise<void> {
  await world.rows(
    `update subscription set status = 'active', cancel_at_period_end = false, ended_at = null, fetch_number = 0 where tenant_id = $1`,
    [ctx.tenantId],
  )
}

function permutations<Item>(items: Item[]): Item[][] {
  if (items.length < 2) return [items]
  return items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((others) => [item, ...others]))
}

test('every order in which the five events of a life can come, once or twice, ends in what the provider has', async () => {
  const life = await begin()
  for (const at of [0, 1, 4]) await life.steps[at]!()
  const five = life.news().slice(-5)
  expect(five).toHaveLength(5)
  for (const [index, order] of permutations(five).entries()) {
    for (const subject of index % 2 === 0 ? order : [...order, ...order.toReversed()]) await life.apply(subject)
    await expectConverged(life)
    await forget(life)
  }
}, 120_000)

test('events that come late, twice, out of order and at once, while the subscription goes on changing, converge', async () => {
  const schedule = fc.record({
    changes: fc.integer({ min: 1, max: 5 }),
    pauses: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 5, maxLength: 5 }),
    latencies: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 6, maxLength: 6 }),
    order: fc.array(fc.nat(1000), { minLength: 20, maxLength: 20 }),
    twice: fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
  })
  await fc.assert(
    fc.asyncProperty(schedule, async ({ changes, pauses, latencies, order, twice }) => {
      const life = await begin()
      for (const delayMs of latencies)
        world.control.failRequests({ method: 'GET', path: /subscriptions\/|sessions\//, work: 'done', delayMs })
      const underWay: Promise<void>[] = []
      let waiting: EventSubject[] = []
      for (let step = 0; step < changes; step++) {
        await life.steps[step]!()
        waiting = [...waiting, ...life.news()].sort((_a, _b) => (order[step]! % 3) - 1)
        const late = waiting.splice(0, order[step + 5]! % (waiting.length + 1))
        underWay.push(...late.map((subject) => life.apply(subject)))
        await sleep(pauses[step]!)
      }
      for (const [index, subject] of waiting.entries()) {
        underWay.push(life.apply(subject))
        if (twice[index % 20]) underWay.push(life.apply(subject))
      }
      await Promise.all(underWay)
      world.control.clearFaults()
      await expectConverged(life)
    }),
    { numRuns: 25, endOnFailure: true },
  )
}, 120_000)

test('with every event lost, the reconciliation ends in what the provider has', async () => {
  for (let changes = 1; changes <= 5; changes++) {
    const life = await begin()
    for (let step = 0; step < changes; step++) await life.steps[step]!()
    await reconcile(world.services)
    await expectConverged(life)
    expect(await world.rows('select state from checkout where tenant_id = $1', [life.ctx.tenantId])).toEqual([
      { state: 'complete' },
    ])
  }
}, 60_000)

test('a late event of a subscription that has ended does not revive it', async () => {
  const life = await begin()
  await life.steps[0]!()
  const [created] = life.news()
  await life.apply(created!)
  expect(await world.planOf(life.ctx.tenantId)).toBe('starter')
  await life.steps[4]!()
  for (const subject of life.news()) await life.apply(subject)
  expect(await world.planOf(life.ctx.tenantId)).toBe('free')
  await life.apply(created!)
  expect(await world.planOf(life.ctx.tenantId)).toBe('free')
  await expectConverged(life)
})

test('an answer that was asked for earlier and arrives later does not overwrite a newer one', async () => {
  const life = await begin()
  await life.steps[0]!()
  const [created] = life.news()
  world.control.failRequests({ method: 'GET', path: /subscriptions/, work: 'done', delayMs: 400 })
  const slow = life.apply(created!)
  await sleep(100)
  await life.steps[4]!()
  await reconcileCustomer(world.services, life.customerId, { source: 'reconcile', stripeEventId: null })
  expect(await world.planOf(life.ctx.tenantId)).toBe('free')
  await slow
  await expectConverged(life)
})
