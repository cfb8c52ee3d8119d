import type { EntityManager } from '@mikro-orm/postgresql'
import type { PasskeyAssertion, PasskeyOptions } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { PendingContext, UserContext } from '../../../kernel/context.ts'
import { assertionOptions } from './assertion-options.ts'
import { provePasskey } from './prove-passkey.ts'

/** `confirm`: to show again who they are. `turn_on`: to turn two-step sign-in on with it. */
type OfCaller = 'confirm' | 'turn_on'

/** What the browser needs to ask somebody who is signed in for a passkey of theirs. @throws AppError auth.passkeys_unavailable */
export function confirmOptions({ services, caller }: UserContext, purpose: OfCaller): Promise<PasskeyOptions> {
  return assertionOptions(services, purpose, { userId: caller.userId, sessionId: caller.sessionId })
}

/** The same for somebody whose sign-in waits for it. @throws AppError auth.passkeys_unavailable */
export function secondStepOptions({ services, caller }: PendingContext): Promise<PasskeyOptions> {
  return assertionOptions(services, 'second_factor', { userId: caller.userId, sessionId: caller.challengeId })
}

/**
 * Checks a passkey of the caller, asked for in this very session and for this.
 * @returns what uses the proof up while their row is held (see ProvedPasskey)
 * @throws AppError auth.passkey_refused, auth.passkeys_unavailable
 */
export async function confirmByPasskey(ctx: UserContext, purpose: OfCaller, credential: PasskeyAssertion): Promise<Use> {
  const { asked, use } = await provePasskey(ctx, purpose, credential)
  if (asked.userId !== ctx.caller.userId || asked.sessionId !== ctx.caller.sessionId) throw new AppError('auth.passkey_refused')
  return use
}

/** The same for the very sign-in that waits for it. @throws AppError auth.passkey_refused, auth.passkeys_unavailable */
export async function secondStepByPasskey(ctx: PendingContext, credential: PasskeyAssertion): Promise<Use> {
  const { asked, use } = await provePasskey(ctx, 'second_factor', credential)
  if (asked.userId !== ctx.caller.userId || asked.sessionId !== ctx.caller.challengeId) throw new AppError('auth.passkey_refused')
  return use
}

type Use = (em: EntityManager) => Promise<void>
