import { setTimeout as sleep } from 'node:timers/promises'
import Stripe from 'stripe'
import { requestKey } from './request-key.ts'

/** A request of the same key is under way elsewhere: how often its end is waited for, and how long at first. */
const PATIENCE = 4
const FIRST_WAIT_MS = 200

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
  const idempotencyKey = requestKey(purpose, wanted, attempt)
  for (let tries = 0; ; tries++) {
    try {
      return await create(wanted, { idempotencyKey })
    } catch (error) {
      if (isStoredFailure(error)) return (await find?.()) ?? (await create(wanted, {}))
      if (!isUnderWay(error) || tries === PATIENCE) throw error
      await sleep(FIRST_WAIT_MS * 2 ** tries)
    }
  }
}

function isUnderWay(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.statusCode === 409
}

function isStoredFailure(error: unknown): boolean {
  if (!(error instanceof Stripe.errors.StripeError) || (error.statusCode ?? 0) < 500) return false
  return error.headers?.['idempotent-replayed'] === 'true'
}
