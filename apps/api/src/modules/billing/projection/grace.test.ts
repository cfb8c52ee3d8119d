import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import { eventually } from '../../../testing/eventually.ts'
import { type BillingWorld, startBilling } from '../../../testing/start-billing.ts'
import { currentSubscription } from '../current-subscription.ts'
import { subscribe } from '../subscribe.ts'
import { endGrace } from './end-grace.ts'

const DAY = 86_400_000

async function subscribed(world: BillingWorld) {
  const ada = await world.tenant()
  world.pay((await subscribe(ada, { plan: 'starter' })).url)
  const statusIs = (status: string) =>
    eventually(
      async () => (await currentSubscription(ada)).status,
      (present) => present === status,
    )
  await statusIs('active')
  return { ada, statusIs, customer: world.control.all('customers')[0]!.id }
}

test('a renewal that fails leaves the plan for seven days, then takes it back, and a payment gives it again', async () => {
  const clock = manualClock(new Date())
  await using world = await startBilling({ clock, settings: { retryDays: [3, 30] } })
  const { ada, statusIs, customer } = await subscribed(world)
  const pass = (days: number) => {
    clock.advance(days * DAY)
    world.control.advance({ days })
  }
  world.control.setPaymentOutcome(customer, 'fail')
  pass(32)
  await statusIs('past_due')
  expect(await world.planOf(ada.tenantId)).toBe('starter')
  clock.advance(6.9 * DAY)
  await endGrace(world.services)
  expect(await world.planOf(ada.tenantId)).toBe('starter')
  clock.advance(0.2 * DAY)
  await endGrace(world.services)
  expect(await currentSubscription(ada)).toMatchObject({ plan: 'free', status: 'past_due', price: { amountMinor: 2900 } })
  world.control.setPaymentOutcome(customer, 'succeed')
  world.control.advance({ days: 34 })
  await statusIs('active')
  expect(await world.planOf(ada.tenantId)).toBe('starter')
})

test('a renewal that is paid keeps the plan and moves the period on', async () => {
  await using world = await startBilling()
  const { ada } = await subscribed(world)
  const before = await currentSubscription(ada)
  world.control.advance({ days: 32 })
  await eventually(
    () => currentSubscription(ada),
    ({ currentPeriodStart }) => currentPeriodStart === before.currentPeriodEnd,
  )
  expect(await currentSubscription(ada)).toMatchObject({ plan: 'starter', status: 'active' })
})

test.each([
  ['unpaid', 'unpaid', { plan: 'free', status: 'unpaid' }],
  ['canceled', 'cancel', { plan: 'free', status: 'none' }],
] as const)(
  'a subscription that ends %s after the last attempt gives the default plan',
  async (status, whenExhausted, expected) => {
    await using world = await startBilling({ settings: { retryDays: [1], whenExhausted } })
    const { ada, customer } = await subscribed(world)
    world.control.setPaymentOutcome(customer, 'fail')
    world.control.advance({ days: 40 })
    await eventually(
      () => world.rows<{ status: string }>('select status from subscription'),
      ([row]) => row?.status === status,
    )
    await sleep(50)
    expect(await currentSubscription(ada)).toMatchObject(expected)
  },
)
