import Stripe from 'stripe'
import type { Payments } from '../kernel/ports/payments.ts'
import { createOnce } from './create-once.ts'
import { toCheckout, toInvoice, toSubscription } from './from-stripe.ts'
import { asked, askedFor } from './provider-error.ts'
import { readSignedEvent } from './read-event.ts'

export interface StripeOptions {
  secretKey: string
  /** Any of them may have signed a webhook. */
  webhookSecrets: readonly string[]
  /** Another host that speaks Stripe's API; null: Stripe itself. */
  apiBase: string | null
  provider: string
}

/** One attempt and one repetition stay within ten seconds. */
const ATTEMPT_TIMEOUT_MS = 4_500
const REPETITIONS = 1

/** Payments through Stripe's API, with the official SDK. */
export function createStripePayments({ secretKey, webhookSecrets, apiBase, provider }: StripeOptions): Payments {
  const stripe = new Stripe(secretKey, {
    ...(apiBase === null ? {} : hostOf(apiBase)),
    timeout: ATTEMPT_TIMEOUT_MS,
    maxNetworkRetries: REPETITIONS,
    telemetry: false,
    appInfo: { name: 'Tollkeeper' },
  })
  return {
    provider,
    livemode: secretKey.includes('_live_'),

    async createCustomer({ tenantId, email, name }) {
      const wanted = { email, name, metadata: { tenant_id: tenantId } }
      const find = async () => {
        const { data } = await stripe.customers.list({ email, limit: 100 })
        return data.find(({ metadata }) => metadata.tenant_id === tenantId)
      }
      const create = stripe.customers.create.bind(stripe.customers)
      const { id } = await asked<{ id: string }>(() => createOnce('customer', wanted, create, { find }))
      return { id }
    },

    async ensurePrice({ planVersionId, name, priceMinor, currency }) {
      const lookupKey = `tollkeeper:${planVersionId}`
      const find = async () => (await stripe.prices.list({ lookup_keys: [lookupKey], limit: 1 })).data[0]
      const known = await asked(find)
      if (known) return { priceId: known.id, productId: productOf(known) }
      const product = { name, metadata: { plan_version_id: planVersionId } }
      const { id } = await asked(() => createOnce('product', product, stripe.products.create.bind(stripe.products)))
      const wanted = {
        product: id,
        currency,
        unit_amount: priceMinor,
        recurring: { interval: 'month' },
        lookup_key: lookupKey,
        metadata: { plan_version_id: planVersionId },
      } satisfies Stripe.PriceCreateParams
      const price = await asked(() =>
        createOnce<typeof wanted, Stripe.Price>('price', wanted, stripe.prices.create.bind(stripe.prices), { find }),
      )
      return { priceId: price.id, productId: productOf(price) }
    },

    async startCheckout({ customerId, priceId, tenantId, planVersionId, successUrl, cancelUrl, attempt }) {
      const metadata = { tenant_id: tenantId, plan_version_id: planVersionId }
      const wanted = {
        mode: 'subscription',
        customer: customerId,
        client_reference_id: tenantId,
        line_items: [{ price: priceId, quantity: 1 }],
        success_url: successUrl,
        cancel_url: cancelUrl,
        metadata,
        subscription_data: { metadata },
      } satisfies Stripe.Checkout.SessionCreateParams
      const create = stripe.checkout.sessions.create.bind(stripe.checkout.sessions)
      return toCheckout(await asked(() => createOnce('checkout', wanted, create, { attempt })))
    },

    async fetchCheckout(id) {
      const session = await askedFor(() => stripe.checkout.sessions.retrieve(id))
      return session && toCheckout(session)
    },

    async expireCheckout(id) {
      const session = await askedFor(() => stripe.checkout.sessions.retrieve(id))
      if (session?.status === 'open') await asked(() => stripe.checkout.sessions.expire(id))
    },

    async openPortal(customerId, returnUrl) {
      const { url } = await asked(() => stripe.billingPortal.sessions.create({ customer: customerId, return_url: returnUrl }))
      return { url }
    },

    async changePrice(subscriptionId, priceId) {
      const { items, cancel_at_period_end } = await asked(() => stripe.subscriptions.retrieve(subscriptionId))
      const [item] = items.data
      if (item?.price.id === priceId && !cancel_at_period_end) return
      const wanted = {
        items: [{ ...(item ? { id: item.id } : {}), price: priceId }],
        cancel_at_period_end: false,
        proration_behavior: 'always_invoice',
        payment_behavior: 'error_if_incomplete',
      } satisfies Stripe.SubscriptionUpdateParams
      // Asked twice, the second changes nothing. The SDK's own key covers its repetition; one made of what is asked would answer a
      // decline from memory after the card has been changed.
      await asked(() => stripe.subscriptions.update(subscriptionId, wanted))
    },

    async endSubscription(id) {
      await askedFor(() => stripe.subscriptions.cancel(id, { prorate: true, invoice_now: true }))
    },

    async forgetCustomer(id) {
      await askedFor(() => stripe.customers.del(id))
    },

    async fetchSubscription(id) {
      const subscription = await askedFor(() => stripe.subscriptions.retrieve(id))
      return subscription && toSubscription(subscription)
    },

    async listSubscriptions(customerId) {
      const pages = stripe.subscriptions.list({ customer: customerId, status: 'all', limit: 100 })
      return (await asked(() => pages.autoPagingToArray({ limit: 1_000 }))).map(toSubscription)
    },

    async fetchInvoice(id) {
      const invoice = await askedFor(() => stripe.invoices.retrieve(id))
      return invoice && toInvoice(invoice)
    },

    readEvent: (rawBody, signature) => readSignedEvent(stripe, webhookSecrets, rawBody, signature),
  }
}

function hostOf(apiBase: string) {
  const { protocol, hostname, port } = new URL(apiBase)
  return {
    protocol: protocol === 'http:' ? ('http' as const) : ('https' as const),
    host: hostname,
    port: port || (protocol === 'http:' ? 80 : 443),
  }
}

function productOf({ product }: Stripe.Price): string {
  return typeof product === 'string' ? product : product.id
}
