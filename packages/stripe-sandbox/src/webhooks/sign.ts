import { createHmac } from 'node:crypto'

/** The `Stripe-Signature` header for a body: an HMAC-SHA256 over the time (unix seconds) and the raw bytes. */
export function signatureHeader(secret: string, body: string, at: number): string {
  const signature = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')
  return `t=${at},v1=${signature}`
}
