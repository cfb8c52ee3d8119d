import { BackupCode, PasskeyFactor, TotpFactor, type User } from '@tollkeeper/db'
import { AppError } from '../../../kernel/app-error.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystemTransaction, type SystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'
import { lockPerson } from '../account/lock-person.ts'
import { dropMailTokens } from '../mail-token/mail-token.ts'
import { endSessionsOf } from '../session/end-session.ts'
import { forgetSecondFactor } from './forget-second-factor.ts'
import { secondFactorsOf } from './second-factors-of.ts'
import { settleSessions } from './settle-sessions.ts'
import { tellSecondFactorChanged } from './tell-second-factor-changed.ts'

/** Takes the caller's authenticator app away. @throws AppError auth.second_factor_missing */
export function removeTotp(ctx: UserContext): Promise<{ done: true }> {
  return remove(ctx, 'totp', ({ em }, userId) => em.nativeDelete(TotpFactor, { userId, confirmedAt: { $ne: null } }))
}

/** Turns two-step sign-in by passkeys off; they stay as ways in. @throws AppError auth.second_factor_missing */
export function turnOffPasskeys(ctx: UserContext): Promise<{ done: true }> {
  return remove(ctx, 'passkey', ({ em }, userId) => em.nativeDelete(PasskeyFactor, { userId }))
}

/** With the last of them the backup codes go, as they stand in for nothing any more, and sign-ins take one step again. */
async function remove(
  { services, caller, requestId }: UserContext,
  way: 'totp' | 'passkey',
  take: (tx: SystemTransaction, userId: string) => Promise<number>,
): Promise<{ done: true }> {
  await inSystemTransaction(services, async (tx) => {
    const { em, now } = tx
    const user = await lockPerson(em, caller.userId)
    if ((await take(tx, user.id)) === 0) throw new AppError('auth.second_factor_missing')
    const { on } = await secondFactorsOf(em, services, user.id)
    if (!on) await em.nativeDelete(BackupCode, { userId: user.id })
    await settleSessions(em, caller, on ? caller.secondFactor : null, now)
    await tellSecondFactorChanged(em, services, user, on ? 'changed' : 'off')
    const action = 'user.second_factor_removed'
    writeAudit(em, { tenantId: null, action, target: user.id, details: { way }, caller, requestId, at: now })
  })
  return { done: true }
}

/**
 * For an operator, who was convinced that the device is lost: takes a person's second factor away and ends every session of theirs,
 * in the caller's transaction, which holds their row. They are told.
 * @throws AppError auth.second_factor_missing
 */
export async function resetSecondFactor({ em, services, now }: SystemTransaction, user: User): Promise<void> {
  if (!(await forgetSecondFactor(em, user.id))) throw new AppError('auth.second_factor_missing')
  await dropMailTokens(em, user.id)
  await endSessionsOf(em, user.id, { except: null, reason: 'second_factor_changed', now })
  await tellSecondFactorChanged(em, services, user, 'reset')
}
