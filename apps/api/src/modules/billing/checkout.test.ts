import { expect, test } from 'vitest'
import { eventually } from '../../testing/eventually.ts'
import { startBilling } from '../../testing/start-billing.ts'
import { currentSubscription } from './current-subscription.ts'
import { listInvoices } from './list-invoices.ts'
import { subscribe } from './subscribe.ts'

test('a paid checkout puts the plan in force by itself, and shows in the subscription and the invoices', async () => {
  await using world = await startBilling()
  const ada = await world.tenant()
  const { url } = await subscribe(ada, { plan: 'starter' })
  world.control.completeCheckout(sessionOf(url))
  const isStarter = (plan: string) => plan === 'starter'
  await eventually(() => world.planOf(ada.tenantId), isStarter)
  await eventually(
    () => listInvoices(ada),
    ({ invoices }) => invoices[0]?.status === 'paid',
  )
  expect(await currentSubscription(ada)).toMatchObject({
    plan: 'starter',
    planName: 'Starter',
    status: 'active',
    price: { amountMinor: 2900, currency: 'cny' },
    cancelAtPeriodEnd: false,
  })
  const { invoices } = await listInvoices(ada)
  expect(invoices).toHaveLength(1)
  expect(invoices[0]).toMatchObject({ total: { amountMinor: 2900, currency: 'cny' }, amountPaid: { amountMinor: 2900 } })
})

function sessionOf(url: string): string {
  return url.split('/').at(-1)!
}
