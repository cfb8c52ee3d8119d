import Stripe from 'stripe'
import { requestKey } from './request-key.ts'

/**
 * Creates something at the provider under a key made of what is asked. The provider keeps a failure under its key as well, for
 * a day; when that is what it answers, and nothing was made after all, the call goes out under a new key.
 * @param find looks for what a failed call may have made all the same
 */
export async function createOnce<Wanted extends object, Made>(
  purpose: string,
  wanted: Wanted,
  create: (wanted: Wanted, options: Stripe.RequestOptions) => Promise<Made>,
  { attempt = 0, find }: { attempt?: number; find?: () => Promise<Made | undefined> } = {},
): Promise<Made> {
  try {
    return await create(wanted, { idempotencyKey: requestKey(purpose, wanted, attempt) })
  } catch (error) {
    if (!isStoredFailure(error)) throw error
    return (await find?.()) ?? (await create(wanted, {}))
  }
}

function isStoredFailure(error: unknown): boolean {
  if (!(error instanceof Stripe.errors.StripeError) || (error.statusCode ?? 0) < 500) return false
  return error.headers?.['idempotent-replayed'] === 'true'
}
