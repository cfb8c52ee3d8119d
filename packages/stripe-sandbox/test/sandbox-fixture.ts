import Stripe from 'stripe'
import { type StartOptions, type StripeSandbox, startStripeSandbox } from '../src/index.ts'

/** Midday on the last day of January, from where month ends are hardest. */
export const january31 = Date.UTC(2027, 0, 31, 12, 0, 0)

/** A sandbox whose real clock stands still, so that only the test moves time, and the official SDK pointed at it. */
export async function startFixture(options: StartOptions = {}) {
  const sandbox = await startStripeSandbox({ now: () => january31, ...options })
  return { sandbox, control: sandbox.control, stripe: client(sandbox), [Symbol.asyncDispose]: sandbox.close }
}

export function client({ port, secretKey }: StripeSandbox, config: { maxNetworkRetries?: number; timeout?: number } = {}): Stripe {
  return new Stripe(secretKey, { host: '127.0.0.1', port, protocol: 'http', maxNetworkRetries: 0, telemetry: false, ...config })
}

export async function makePrice(stripe: Stripe, name: string, amount: number, more: Partial<Stripe.PriceCreateParams> = {}) {
  const product = await stripe.products.create({ name })
  return stripe.prices.create({
    product: product.id,
    currency: 'cny',
    unit_amount: amount,
    recurring: { interval: 'month' },
    ...more,
  })
}

export async function makeCustomer(stripe: Stripe, card = 'pm_card_visa') {
  const customer = await stripe.customers.create({ email: 'ada@example.com', name: 'Ada' })
  const method = await stripe.paymentMethods.attach(card, { customer: customer.id })
  return stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } })
}

/** Fills in a hosted checkout's form and presses a button, as a browser would. */
export async function submitCheckout(session: Stripe.Checkout.Session, fields: Record<string, string>) {
  const form = { email: 'ada@example.com', name: 'Ada', card: '4242 4242 4242 4242', intent: 'pay', ...fields }
  return fetch(String(session.url), { method: 'POST', redirect: 'manual', body: new URLSearchParams(form) })
}

export function dates(period: { current_period_start: number; current_period_end: number } | undefined) {
  return [period?.current_period_start, period?.current_period_end].map((unix) => new Date((unix ?? 0) * 1000).toISOString())
}
