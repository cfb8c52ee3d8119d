import { LockMode } from '@mikro-orm/core'
import { SignInChallenge } from '@tollkeeper/db'
import { LoginMethod, type Me, type PendingSignIn, type SecondFactorInput, type SignedIn } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { PendingContext } from '../../../kernel/context.ts'
import { inSystem, inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { lockPerson } from '../account/lock-person.ts'
import { proveSecondFactor } from '../second-factor/prove-second-factor.ts'
import { secondFactorsOf } from '../second-factor/second-factors-of.ts'
import { withAccessToken } from '../session/with-access-token.ts'
import { beginSession, type Entered } from './begin-session.ts'
import type { Carrier } from './challenge.ts'
import { handCookie } from './hand-cookie.ts'
import { settleIn } from './settle-in.ts'

/** Wrong codes one challenge takes. The one after ends it, and the first factor has to be proved again. */
const MOST_TRIES = 5

/** What a half-done sign-in can be finished with. @throws AppError auth.challenge_ended */
export function readChallenge({ services, caller }: PendingContext): Promise<PendingSignIn> {
  return inSystem(services, async (em) => {
    const challenge = await em.findOne(SignInChallenge, { id: caller.challengeId })
    if (!challenge) throw new AppError('auth.challenge_ended')
    return { methods: await secondFactorsOf(em, caller.userId), expiresAt: challenge.expiresAt.toISOString() }
  })
}

/** Finishes the sign-in of a browser. @throws AppError as finish */
export async function finishByCookie(ctx: PendingContext, input: SecondFactorInput): Promise<Me> {
  return handCookie(ctx, await finish(ctx, input, 'cookie'))
}

/** Finishes the sign-in of whatever is not a browser. @throws AppError as finish */
export async function finishByTokens(ctx: PendingContext, input: SecondFactorInput): Promise<SignedIn> {
  const entered = await finish(ctx, input, 'tokens')
  return withAccessToken(ctx.services, entered, entered.refreshToken)
}

/**
 * Proves the second factor, which begins the session. Of any number of calls with one challenge or one code, one gets it; what
 * fails is counted, so it is an outcome of the transaction and no failure in it.
 * @throws AppError auth.second_factor_wrong, auth.challenge_ended, rate.limited, auth.user_suspended
 */
async function finish(ctx: PendingContext, input: SecondFactorInput, carrier: Carrier): Promise<Entered> {
  const { services, caller } = ctx
  const outcome = await inSystemTransaction<Entered | AppError>(services, async (tx) => {
    const user = await lockPerson(tx.em, caller.userId)
    const challenge = await tx.em.findOne(
      SignInChallenge,
      { id: caller.challengeId, carrier, expiresAt: { $gt: tx.now } },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    )
    if (!challenge) return new AppError('auth.challenge_ended')
    const refusal = await proveSecondFactor(ctx, tx, user, input)
    if (refusal) {
      challenge.tries += 1
      if (challenge.tries >= MOST_TRIES) tx.em.remove(challenge)
      return refusal
    }
    tx.em.remove(challenge)
    const { method: lastStep } = input
    return beginSession(
      ctx,
      tx,
      user,
      { userId: user.id, method: LoginMethod.parse(challenge.method), secondFactor: lastStep, lastStep },
      carrier,
    )
  })
  if (outcome instanceof AppError) throw outcome
  await settleIn(services, caller.userId)
  return outcome
}
