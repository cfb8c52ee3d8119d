import Stripe from 'stripe'
import { webhookSecret } from './start-billing.ts'

const stripe = new Stripe('sk_test_of_the_tests')

interface Forgery {
  secret?: string
  /** When it was signed; now by default. */
  at?: Date
  /** What is sent in place of the body that was signed. */
  sent?: string
  /** The header as it stands; null: none. */
  header?: string | null
}

/** The body of an event about an object. */
export function eventBody(object: { object: string; id: string }, more: object = {}): string {
  const id = `evt_${Math.random().toString(36).slice(2)}`
  return JSON.stringify({ id, object: 'event', type: `${object.object}.tested`, livemode: false, data: { object }, ...more })
}

/** Posts a body the way Stripe does, signed; or in one of the ways it does not. @returns the answer's status and code */
export async function postWebhook(
  url: string,
  body: string,
  { secret = webhookSecret, at = new Date(), sent = body, header }: Forgery = {},
) {
  const signed = stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp: Math.floor(at.getTime() / 1000) })
  const signature = header === undefined ? signed : header
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(signature === null ? {} : { 'stripe-signature': signature }) },
    body: sent,
  })
  const answer = (await response.json()) as { code?: string }
  return { status: response.status, code: answer.code }
}
