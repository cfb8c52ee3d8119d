import { expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import { eventually } from '../../../testing/eventually.ts'
import { type BillingWorld, startBilling } from '../../../testing/start-billing.ts'
import { listMailbox } from '../../notification/index.ts'
import { currentSubscription } from '../current-subscription.ts'
import { reconcile } from '../projection/reconcile.ts'
import { subscribe } from '../subscribe.ts'
import { tellOfEndingTrials } from './tell-of-ending-trials.ts'

const DAY_MS = 86_400_000

async function subscribed(world: BillingWorld) {
  const ada = await world.tenant()
  world.pay((await subscribe(ada, { plan: 'starter' })).url)
  await statusIs(ada, 'active')
  return ada
}

const statusIs = (tenant: Parameters<typeof currentSubscription>[0], wanted: string) =>
  eventually(
    async () => (await currentSubscription(tenant)).status,
    (status) => status === wanted,
  )

const mailsWith = async ({ services }: BillingWorld, words: string) =>
  (await listMailbox(services)).filter(({ subject }) => subject.includes(words))

test('a payment is answered with one receipt, however often its invoice is seen', async () => {
  await using world = await startBilling()
  await subscribed(world)
  await eventually(
    () => mailsWith(world, 'Receipt'),
    (mails) => mails.length > 0,
  )
  await reconcile(world.services)
  await reconcile(world.services)
  const receipts = await mailsWith(world, 'Receipt')
  expect(receipts).toHaveLength(1)
  expect(receipts[0]!.subject).toBe("Receipt for Ada's tenant: ¥29.00 CNY")
  expect(receipts[0]!.text).toContain('http://tollkeeper.test/billing')
})

test('a renewal that is refused is told of once, with the day until which the plan stays', async () => {
  const clock = manualClock('2026-11-23T10:00:00Z')
  await using world = await startBilling({ clock, settings: { retryDays: [3, 30] } })
  const ada = await subscribed(world)
  world.control.setPaymentOutcome(world.control.all('customers')[0]!.id, 'fail')
  world.control.advance({ days: 32 })
  await statusIs(ada, 'past_due')
  world.control.advance({ days: 4 })
  await reconcile(world.services)
  const mails = await mailsWith(world, 'did not go through')
  expect(mails).toHaveLength(1)
  expect(mails[0]!.text).toContain('Amount: ¥29.00 CNY\nPlan: Starter\nStays in force until: 30 November 2026 at 10:00 (UTC)')
})

test('a trial that ends within three days is told of once, unless it was cancelled', async () => {
  const clock = manualClock('2026-11-23T10:00:00Z')
  await using world = await startBilling({ clock })
  const [ada, bea] = [await subscribed(world), await subscribed(world)]
  const endOf = (tenantId: string, cancelled: boolean) =>
    world.rows(
      `update subscription set status = 'trialing', cancel_at_period_end = $2, current_period_end = $3 where tenant_id = $1`,
      [tenantId, cancelled, new Date('2026-11-27T09:00:00Z')],
    )
  await endOf(ada.tenantId, false)
  await endOf(bea.tenantId, true)
  await tellOfEndingTrials(world.services)
  expect(await mailsWith(world, 'trial')).toEqual([])
  clock.advance(DAY_MS)
  await tellOfEndingTrials(world.services)
  await tellOfEndingTrials(world.services)
  const mails = await mailsWith(world, 'trial')
  expect(mails.map(({ to }) => to)).toEqual([`${(ada.caller as { userId: string }).userId}@example.test`])
  expect(mails[0]!.text).toContain('Price per month: ¥29.00 CNY\nTrial ends: 27 November 2026 at 09:00 (UTC)')
})
