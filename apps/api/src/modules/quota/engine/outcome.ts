import type { ConsumeOutcome, Rest } from '../../../kernel/ports/quota-engine.ts'
import type { Waiter } from './waiter.ts'

type Asked = Pick<Waiter, 'decisionId' | 'window'>

/**
 * @param granted what is granted in the window; null: no limit
 * @param remaining units left after this request; ignored where nothing limits it
 */
export function allowedOutcome({ decisionId, window }: Asked, granted: number | null, remaining: number): ConsumeOutcome {
  return {
    allowed: true,
    decisionId,
    code: 'allowed',
    remaining: granted === null ? null : remaining,
    limit: granted,
    resetsAt: window.end,
    replayed: false,
  }
}

/** The same for a request that did not fit; nothing was taken for it. */
export function deniedOutcome({ decisionId, window }: Asked, granted: number | null, remaining: number): ConsumeOutcome {
  return {
    allowed: false,
    decisionId,
    code: granted === 0 ? 'quota.not_in_plan' : 'quota.limit_reached',
    remaining: granted === null ? null : remaining,
    limit: granted,
    resetsAt: window.end,
    replayed: false,
  }
}

/** The same where it was a part of the whole that did not suffice: a rate, or somebody's cap. */
export function deniedByPart(
  { decisionId }: Asked,
  code: 'rate.limit_reached' | 'quota.cap_reached',
  { limit, remaining, resetsAt }: Pick<Rest, 'limit' | 'remaining' | 'resetsAt'>,
): ConsumeOutcome {
  return { allowed: false, decisionId, code, remaining, limit, resetsAt, replayed: false }
}
