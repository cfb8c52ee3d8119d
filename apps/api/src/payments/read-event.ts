import Stripe from 'stripe'
import { AppError } from '../kernel/app-error.ts'
import type { ProviderEvent } from '../kernel/ports/payments.ts'
import { subjectOf } from './from-stripe.ts'

const TOLERANCE_SECONDS = 300

/**
 * Reads a webhook's body, if one of the secrets signed it; during a rotation there are two.
 * @throws AppError billing.webhook_signature
 */
export function readSignedEvent(stripe: Stripe, secrets: readonly string[], rawBody: Buffer, signature: string): ProviderEvent {
  assertNotFromTheFuture(signature)
  for (const secret of secrets) {
    const event = verified(stripe, rawBody, signature, secret)
    if (event) {
      const payload = event as unknown as Record<string, unknown>
      return { id: event.id, type: event.type, livemode: event.livemode, payload, subject: subjectOf(event) }
    }
  }
  throw new AppError('billing.webhook_signature')
}

function verified(stripe: Stripe, rawBody: Buffer, signature: string, secret: string): Stripe.Event | null {
  try {
    return stripe.webhooks.constructEvent(rawBody, signature, secret, TOLERANCE_SECONDS)
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return null
    throw new AppError('billing.webhook_signature', { cause: error })
  }
}

/** The SDK refuses old signatures but not those of tomorrow, which could be kept and used later. */
function assertNotFromTheFuture(signature: string): void {
  const seconds = Number(/(?:^|,)t=(\d+)/.exec(signature)?.[1])
  if (!(seconds <= Date.now() / 1000 + TOLERANCE_SECONDS)) throw new AppError('billing.webhook_signature')
}
