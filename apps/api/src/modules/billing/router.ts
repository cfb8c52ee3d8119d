import { CheckoutStarted, CurrentSubscription, InvoiceList, SubscribeInput } from '@tollkeeper/shared'
import { router } from '../../trpc/init.ts'
import { tenantProcedure } from '../../trpc/procedures.ts'
import { currentSubscription } from './current-subscription.ts'
import { listInvoices } from './list-invoices.ts'
import { openPortal } from './open-portal.ts'
import { subscribe } from './subscribe.ts'

const change = { permission: 'billing:write', scope: null, limit: 'write' } as const
const read = { permission: 'billing:read', scope: 'billing:read', audit: null, idempotent: 'read', limit: 'read' } as const

export const billingRouter = router({
  subscribe: tenantProcedure({
    ...change,
    audit: 'subscription.checkout_started',
    idempotent: 'key',
    stepUp: false,
    rest: { method: 'POST', path: '/subscriptions', summary: 'Buy a plan: answers the address of the checkout' },
  })
    .input(SubscribeInput)
    .output(CheckoutStarted)
    .mutation(({ ctx, input }) => subscribe(ctx, input)),

  current: tenantProcedure({
    ...read,
    rest: { method: 'GET', path: '/subscriptions/current', summary: 'The plan in force, and its subscription' },
  })
    .output(CurrentSubscription)
    .query(({ ctx }) => currentSubscription(ctx)),

  portal: tenantProcedure({
    ...change,
    audit: 'subscription.portal_opened',
    idempotent: 'natural',
    stepUp: false,
    rest: { method: 'POST', path: '/subscriptions/portal', summary: 'The address where the subscription is managed' },
  })
    .output(CheckoutStarted)
    .mutation(({ ctx }) => openPortal(ctx)),

  invoices: tenantProcedure({
    ...read,
    rest: { method: 'GET', path: '/subscriptions/invoices', summary: 'Invoices, newest first' },
  })
    .output(InvoiceList)
    .query(({ ctx }) => listInvoices(ctx)),
})
