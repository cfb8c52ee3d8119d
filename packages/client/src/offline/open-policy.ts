import type { HeldBack } from '../errors/tollkeeper-unreachable.ts'
import type { Book } from './book.ts'
import type { Clock } from './clock.ts'
import type { FailurePolicy } from './failure-policy.ts'
import type { Journal } from './journal.ts'
import { type AuthorizeAnswer, toAnswer } from './let-through.ts'
import type { PassedUsage } from './record.ts'

interface Needs {
  book: Book
  journal: Journal
  clock: Clock
}

interface Passing {
  feature: string
  amount: number
  resource?: string
  member?: string
  requestId: string
  asked: boolean
}

/**
 * Lets units pass up to the cap of the policy. What passes is durable before it is answered; where it cannot be kept, it does not
 * pass.
 * @returns why it does not pass, where the cap is reached
 * @throws QueueUnavailable
 */
export async function passWithCap(
  { book, journal, clock }: Needs,
  policy: Extract<FailurePolicy, { kind: 'open' }>,
  { feature, amount, resource, member, requestId, asked }: Passing,
): Promise<AuthorizeAnswer | HeldBack> {
  const windowMs = policy.perSeconds * 1000
  const spending = book.spendingOf(feature, windowMs)
  const elapsed = clock.elapsed()
  const left = policy.cap - spending.within(windowMs, elapsed) - amount
  if (left < 0) return 'cap_reached'
  // taken before it is written, so that what passes meanwhile knows of it
  spending.add(amount, elapsed, windowMs)
  const at = clock.now()
  const usage: PassedUsage = {
    id: crypto.randomUUID(),
    feature,
    amount,
    ...(resource ? { resource } : {}),
    ...(member ? { member } : {}),
    at,
    requestId,
    asked,
    by: 'open',
  }
  try {
    await journal.write({ t: 'passed', usage })
  } catch (error) {
    spending.takeBack(amount, elapsed)
    throw error
  }
  return toAnswer({
    id: usage.id,
    feature,
    amount,
    limit: policy.cap,
    letThrough: { by: 'open', at: new Date(at).toISOString(), left },
  })
}

/** The answer to a request id that passed before. */
export function sameAnswer(
  { book, clock }: Pick<Needs, 'book' | 'clock'>,
  policy: FailurePolicy | undefined,
  { id, feature, amount, at, by }: { id: string; feature: string; amount: number; at: number; by: 'open' | 'lease' },
): AuthorizeAnswer {
  const cap = policy?.kind === 'open' ? policy : null
  const windowMs = (cap?.perSeconds ?? 0) * 1000
  const left = cap ? Math.max(0, cap.cap - book.spendingOf(feature, windowMs).within(windowMs, clock.elapsed())) : 0
  return toAnswer({ id, feature, amount, limit: cap?.cap ?? amount, letThrough: { by, at: new Date(at).toISOString(), left } })
}
