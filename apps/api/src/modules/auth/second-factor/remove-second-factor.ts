import type { EntityManager } from '@mikro-orm/postgresql'
import { BackupCode, TotpFactor, type User } from '@tollkeeper/db'
import { AppError } from '../../../kernel/app-error.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystemTransaction, type SystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'
import { lockPerson } from '../account/lock-person.ts'
import { dropMailTokens } from '../mail-token/mail-token.ts'
import { endSessionsOf } from '../session/end-session.ts'
import { settleSessions } from './settle-sessions.ts'
import { tellSecondFactorChanged } from './tell-second-factor-changed.ts'

/** Takes the caller's authenticator app and backup codes away. @throws AppError auth.second_factor_missing */
export async function removeTotp({ services, caller, requestId }: UserContext): Promise<{ done: true }> {
  await inSystemTransaction(services, async ({ em, now }) => {
    const user = await lockPerson(em, caller.userId)
    if (!(await forget(em, user.id))) throw new AppError('auth.second_factor_missing')
    await settleSessions(em, caller, null, now)
    await tellSecondFactorChanged(em, services, user, 'off')
    writeAudit(em, { tenantId: null, action: 'user.second_factor_removed', target: user.id, caller, requestId, at: now })
  })
  return { done: true }
}

/**
 * For an operator, who was convinced that the device is lost: takes a person's second factor away and ends every session of theirs,
 * in the caller's transaction, which holds their row. They are told.
 * @throws AppError auth.second_factor_missing
 */
export async function resetSecondFactor({ em, services, now }: SystemTransaction, user: User): Promise<void> {
  if (!(await forget(em, user.id))) throw new AppError('auth.second_factor_missing')
  await dropMailTokens(em, user.id)
  await endSessionsOf(em, user.id, { except: null, reason: 'second_factor_changed', now })
  await tellSecondFactorChanged(em, services, user, 'reset')
}

/** @returns false when there was none */
async function forget(em: EntityManager, userId: string): Promise<boolean> {
  await em.nativeDelete(BackupCode, { userId })
  return (await em.nativeDelete(TotpFactor, { userId, confirmedAt: { $ne: null } })) > 0
}
