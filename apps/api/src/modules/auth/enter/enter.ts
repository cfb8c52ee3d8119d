import type { Me, SignedIn } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { RequestContext } from '../../../kernel/context.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { lockPerson } from '../account/lock-person.ts'
import { recordFailedWayOf } from '../attempt/failed-way.ts'
import { type LoginFailure, recordArrival } from '../attempt/login-attempt.ts'
import { expiredSessionCookie } from '../identity/session-cookie.ts'
import { secondFactorsOf } from '../second-factor/second-factors-of.ts'
import { withAccessToken } from '../session/with-access-token.ts'
import { beginSession } from './begin-session.ts'
import { type Carrier, openChallenge } from './challenge.ts'
import { challengeCookie } from './challenge-cookie.ts'
import { handCookie } from './hand-cookie.ts'
import { leaveBrowser } from './leave-browser.ts'
import type { Proof } from './proof.ts'
import { settleIn } from './settle-in.ts'

/**
 * Lets a browser in: a new session in an HttpOnly cookie that no page can read. What the browser held before, it holds no more.
 * @throws AppError auth.second_factor_needed when the person has one; the browser then holds the challenge in a cookie
 * @throws AppError auth.user_suspended, and what the proof throws when it holds no more
 */
export async function enterByCookie(ctx: RequestContext, proof: Proof): Promise<Me> {
  const { services, setHeader } = ctx
  const outcome = await enter(ctx, proof, 'cookie')
  if (!('challenge' in outcome)) return handCookie(ctx, outcome)
  if ((await leaveBrowser(ctx)) === 'session') setHeader('set-cookie', expiredSessionCookie(services.config))
  setHeader('set-cookie', challengeCookie(services, outcome.challenge.token))
  const { token: _kept, ...told } = outcome.challenge
  throw new AppError('auth.second_factor_needed', { challenge: told })
}

/**
 * Lets in whatever is not a browser: the session is carried by tokens, and no cookie is set.
 * @throws AppError auth.second_factor_needed when the person has one, with the challenge's token
 * @throws AppError auth.user_suspended, and what the proof throws when it holds no more
 */
export async function enterByTokens(ctx: RequestContext, proof: Proof): Promise<SignedIn> {
  const outcome = await enter(ctx, proof, 'tokens')
  if ('challenge' in outcome) throw new AppError('auth.second_factor_needed', { challenge: outcome.challenge })
  return withAccessToken(ctx.services, outcome, outcome.refreshToken)
}

/** Why somebody who has proved who they are is let in no more. */
const reasons: Record<string, LoginFailure> = {
  'auth.user_suspended': 'suspended',
  'auth.passkey_refused': 'passkey_refused',
}

/**
 * The one door. Every way in proves who somebody is and comes here; only from here does a session of theirs begin. With a second factor
 * to prove there is no session yet, and nothing that could be taken for one. Session, history, audit row and mail are one transaction.
 */
async function enter(ctx: RequestContext, proof: Proof, carrier: Carrier) {
  try {
    const outcome = await inSystemTransaction(ctx.services, async (tx) => {
      const user = await lockPerson(tx.em, proof.userId)
      await proof.stillHolds?.(tx.em)
      const { on, methods } = await secondFactorsOf(tx.em, ctx.services, user.id)
      if (!on || proof.secondFactor) return beginSession(ctx, tx, user, proof, carrier)
      await recordArrival(tx.em, ctx, { ...proof, email: user.email, outcome: 'pending' })
      return { challenge: openChallenge(tx, { userId: user.id, method: proof.method, carrier, methods }) }
    })
    if (!('challenge' in outcome)) await settleIn(ctx.services, proof.userId)
    return outcome
  } catch (error) {
    const reason = error instanceof AppError ? reasons[error.code] : undefined
    if (reason) await recordRefused(ctx, proof, reason)
    throw error
  }
}

async function recordRefused(ctx: RequestContext, { attempt, userId, method }: Proof, reason: LoginFailure): Promise<void> {
  if (attempt) await attempt.failed(reason, userId)
  else await recordFailedWayOf(ctx, { userId, method, reason })
}
