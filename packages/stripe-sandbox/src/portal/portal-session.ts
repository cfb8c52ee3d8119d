import type Stripe from 'stripe'
import { newId } from '../objects/new-id.ts'
import type { Narrow } from '../objects/shape.ts'

export type PortalSession = Narrow<Stripe.BillingPortal.Session, { configuration: string; flow: null }>

export function buildPortalSession(
  input: { customer: string; returnUrl: string | null; link: (id: string) => string },
  now: number,
): PortalSession {
  const id = newId('bps', 40)
  return {
    id,
    object: 'billing_portal.session',
    configuration: 'bpc_sandbox',
    created: now,
    customer: input.customer,
    customer_account: null,
    flow: null,
    livemode: false,
    locale: null,
    on_behalf_of: null,
    return_url: input.returnUrl,
    url: input.link(id),
  }
}
