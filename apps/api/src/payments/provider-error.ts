import Stripe from 'stripe'
import { AppError } from '../kernel/app-error.ts'

/**
 * Calls the provider, and turns its failures into ours: a card that was declined, a provider that does not answer. Any other
 * refusal means that we asked wrongly, and stays as it is, so that it is logged as a fault of ours.
 */
export async function asked<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call()
  } catch (error) {
    throw translated(error)
  }
}

/** As `asked`, but null where the provider says that there is no such thing. */
export async function askedFor<Answer>(call: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await call()
  } catch (error) {
    if (isMissing(error)) return null
    throw translated(error)
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeInvalidRequestError && (error.code === 'resource_missing' || error.statusCode === 404)
}

function translated(error: unknown): unknown {
  if (error instanceof Stripe.errors.StripeCardError) return new AppError('billing.payment_declined', { cause: error })
  if (isUnavailable(error)) return new AppError('billing.provider_unavailable', { cause: error })
  return error
}

function isUnavailable(error: unknown): boolean {
  const { StripeConnectionError, StripeAPIError, StripeRateLimitError, StripeError } = Stripe.errors
  if (error instanceof StripeConnectionError || error instanceof StripeAPIError || error instanceof StripeRateLimitError)
    return true
  // 409: the same call is under way on another node, and did not end in time
  return error instanceof StripeError && (error.statusCode === 409 || (error.statusCode ?? 0) >= 500)
}
