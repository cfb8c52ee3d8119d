import type { AuthorizeRequest, Decision } from '../decision.ts'
import { refusedHere } from '../errors/refused-here.ts'
import { TollkeeperError } from '../errors/tollkeeper-error.ts'
import { type HeldBack, TollkeeperUnreachable } from '../errors/tollkeeper-unreachable.ts'
import type { CallOptions } from '../http/call.ts'
import type { Desk } from './desk.ts'
import type { AuthorizeAnswer } from './let-through.ts'
import { isNoAnswer, mayHaveArrived } from './no-answer.ts'
import { passWithCap, sameAnswer } from './open-policy.ts'

type NoAnswer = TollkeeperUnreachable | TollkeeperError

/** What the server is asked with. */
export type Ask = (request: AuthorizeRequest & { requestId: string }, options?: CallOptions) => Promise<Decision>

const PATIENCE_MS = 2_000

/**
 * Asks the server, and where it cannot be reached, the failure policy of the feature. A request id that passed without the server
 * is answered the same for as long as the server does not know it.
 * @throws TollkeeperError, TollkeeperUnreachable with `heldBack`, QueueUnavailable, or the reason of the caller's signal
 */
export async function authorize(
  desk: Desk,
  ask: Ask,
  request: AuthorizeRequest,
  options: CallOptions = {},
): Promise<AuthorizeAnswer> {
  const named = { amount: 1, ...request, requestId: request.requestId ?? crypto.randomUUID() }
  await desk.firstAttempt
  options.signal?.throwIfAborted()
  const before = answeredBefore(desk, named)
  if (before) return before
  const policy = desk.policyOf(request.feature)
  if (
    policy?.kind === 'lease' &&
    request.requestId === undefined &&
    desk.fault === null &&
    !desk.contact.refusal &&
    isWhole(named.amount)
  ) {
    const leased = await desk.leases.use(policy, { ...named, requestId: null })
    if (leased) return tell(desk, leased)
  }
  const mayPass = policy !== undefined && policy.kind !== 'closed'
  if (mayPass && desk.contact.away) return passWithout(desk, named, { cause: desk.contact.away.error as NoAnswer, asked: false })
  try {
    const answer = await ask(named, mayPass ? { ...options, timeoutMs: patienceOf(desk, options) } : options)
    desk.contact.answered()
    desk.refresh()
    return answer
  } catch (error) {
    if (!isAnswerOrNone(error)) throw error
    desk.contact.failed(error)
    if (!isNoAnswer(error)) throw error
    return passWithout(desk, named, { cause: error, asked: mayHaveArrived(error) })
  }
}

type Named = AuthorizeRequest & { amount: number; requestId: string }

function answeredBefore(desk: Desk, { requestId, feature, amount }: Named): AuthorizeAnswer | null {
  const before = desk.book.answered.get(requestId)
  if (!before) return null
  if (before.feature !== feature || before.amount !== amount) throw refusedHere('quota.request_conflict', { decisionId: before.id })
  return sameAnswer(desk, desk.policyOf(feature), before)
}

async function passWithout(
  desk: Desk,
  request: Named,
  { cause, asked }: { cause: NoAnswer; asked: boolean },
): Promise<AuthorizeAnswer> {
  const policy = desk.policyOf(request.feature)
  if (policy === undefined || policy.kind === 'closed') throw heldBack(desk, request, cause, policy ? 'closed' : 'policy_unknown')
  if (!isWhole(request.amount))
    throw refusedHere('input.invalid', { faults: [{ path: 'amount', message: 'must be a whole number above zero' }] })
  if (desk.contact.refusal) throw heldBack(desk, request, desk.contact.refusal as NoAnswer, 'refused_before')
  const answer = await desk.once(request.requestId, async () => {
    const before = answeredBefore(desk, request)
    if (before) return before
    desk.assertRoomFor(1)
    if (policy.kind === 'open') return passWithCap(desk, policy, { ...request, asked })
    // the server may have counted it, and a lease cannot say that it is the same
    if (asked) return 'may_be_counted'
    return (await desk.leases.use(policy, request)) ?? ('lease_used_up' as const)
  })
  if (typeof answer === 'string') throw heldBack(desk, request, cause, answer)
  return tell(desk, answer)
}

/** By itself, so that a callback that throws takes nobody's answer away. */
function tell({ options }: Desk, answer: AuthorizeAnswer): AuthorizeAnswer {
  const { feature, amount, letThrough } = answer
  queueMicrotask(() => options.onLetThrough?.({ feature, amount, ...letThrough! }))
  return answer
}

function isWhole(amount: number): boolean {
  return Number.isSafeInteger(amount) && amount >= 1
}

/** The failure to reach the server, with why the policy did not help. */
function heldBack({ settings: { url } }: Desk, { requestId }: Named, cause: NoAnswer, reason: HeldBack): TollkeeperUnreachable {
  const { attempts = 0, elapsedMs = 0, mayHaveArrived = false } = cause instanceof TollkeeperUnreachable ? cause : {}
  const root = cause instanceof TollkeeperUnreachable ? cause.cause : cause
  return new TollkeeperUnreachable({ url, attempts, elapsedMs, requestId, mayHaveArrived, heldBack: reason, cause: root })
}

function patienceOf({ settings, options: { patienceMs = PATIENCE_MS } }: Desk, { timeoutMs }: CallOptions): number {
  return Math.min(timeoutMs ?? settings.timeoutMs, patienceMs)
}

function isAnswerOrNone(error: unknown): error is NoAnswer {
  return error instanceof TollkeeperError || error instanceof TollkeeperUnreachable
}
