import { LockMode } from '@mikro-orm/core'
import { SignInChallenge, type User } from '@tollkeeper/db'
import {
  LoginMethod,
  type Me,
  type PasskeySignInInput,
  type PendingSignIn,
  type SecondFactorInput,
  type SignedIn,
} from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { PendingContext } from '../../../kernel/context.ts'
import { inSystem, inSystemTransaction, type SystemTransaction } from '../../../kernel/in-transaction.ts'
import { lockPerson } from '../account/lock-person.ts'
import { secondStepByPasskey } from '../passkey/confirm.ts'
import { proveSecondFactor } from '../second-factor/prove-second-factor.ts'
import { secondFactorsOf } from '../second-factor/second-factors-of.ts'
import { withAccessToken } from '../session/with-access-token.ts'
import { beginSession, type Entered } from './begin-session.ts'
import type { Carrier } from './challenge.ts'
import { handCookie } from './hand-cookie.ts'
import { settleIn } from './settle-in.ts'

/** Wrong codes one challenge takes. The one after ends it, and the first factor has to be proved again. */
const MOST_TRIES = 5

/** What proves the second factor. */
interface SecondStep {
  method: PendingSignIn['methods'][number]
  /** Asked while the person's row is held. @returns why it is refused, which is counted */
  prove(tx: SystemTransaction, user: User): Promise<AppError | null>
}

/** What a half-done sign-in can be finished with. @throws AppError auth.challenge_ended */
export function readChallenge({ services, caller }: PendingContext): Promise<PendingSignIn> {
  return inSystem(services, async (em) => {
    const challenge = await em.findOne(SignInChallenge, { id: caller.challengeId })
    if (!challenge) throw new AppError('auth.challenge_ended')
    const { methods } = await secondFactorsOf(em, services, caller.userId)
    return { methods, expiresAt: challenge.expiresAt.toISOString() }
  })
}

/** Finishes the sign-in of a browser. @throws AppError as finish */
export async function finishByCookie(ctx: PendingContext, input: SecondFactorInput | PasskeySignInInput): Promise<Me> {
  return handCookie(ctx, await finish(ctx, await stepOf(ctx, input), 'cookie'))
}

/** Finishes the sign-in of whatever is not a browser. @throws AppError as finish */
export async function finishByTokens(ctx: PendingContext, input: SecondFactorInput | PasskeySignInInput): Promise<SignedIn> {
  const entered = await finish(ctx, await stepOf(ctx, input), 'tokens')
  return withAccessToken(ctx.services, entered, entered.refreshToken)
}

/** A passkey is checked before the person's row is held, as a signature takes its time and cannot be guessed at. */
async function stepOf(ctx: PendingContext, input: SecondFactorInput | PasskeySignInInput): Promise<SecondStep> {
  if ('code' in input) return { method: input.method, prove: (tx, user) => proveSecondFactor(ctx, tx, user, input) }
  const use = await secondStepByPasskey(ctx, input.credential)
  return { method: 'passkey', prove: ({ em }) => use(em).then(() => null) }
}

/**
 * Proves the second factor, which begins the session. Of any number of calls with one challenge or one code, one gets it; what
 * fails is counted, so it is an outcome of the transaction and no failure in it.
 * @throws AppError auth.second_factor_wrong, auth.passkey_refused, auth.challenge_ended, rate.limited, auth.user_suspended
 */
async function finish(ctx: PendingContext, { method, prove }: SecondStep, carrier: Carrier): Promise<Entered> {
  const { services, caller } = ctx
  const outcome = await inSystemTransaction<Entered | AppError>(services, async (tx) => {
    const user = await lockPerson(tx.em, caller.userId)
    const challenge = await tx.em.findOne(
      SignInChallenge,
      { id: caller.challengeId, carrier, expiresAt: { $gt: tx.now } },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    )
    if (!challenge) return new AppError('auth.challenge_ended')
    const refusal = await prove(tx, user)
    if (refusal) {
      challenge.tries += 1
      if (challenge.tries >= MOST_TRIES) tx.em.remove(challenge)
      return refusal
    }
    tx.em.remove(challenge)
    const first = LoginMethod.parse(challenge.method)
    return beginSession(ctx, tx, user, { userId: user.id, method: first, secondFactor: method, lastStep: method }, carrier)
  })
  if (outcome instanceof AppError) throw outcome
  await settleIn(services, caller.userId)
  return outcome
}
