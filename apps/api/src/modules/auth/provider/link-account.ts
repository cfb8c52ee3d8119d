import { type ProviderAttempt, Session } from '@tollkeeper/db'
import { AppError } from '../../../kernel/app-error.ts'
import type { RequestContext } from '../../../kernel/context.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { lockPerson } from '../account/lock-person.ts'
import type { ProviderIdentity } from './provider-identity.ts'
import { ownerOf, tieAccount } from './tie-account.ts'

/**
 * Ties an account at a provider to the person who went out for it, whose session has to go on still. Both sides must have proved
 * the same address. One that is tied already stays so.
 * @throws AppError auth.session_ended, auth.provider_unverified, auth.provider_other_address, auth.provider_taken, auth.user_suspended
 */
export async function linkAccount(
  ctx: RequestContext,
  { userId, sessionId }: Pick<ProviderAttempt, 'userId' | 'sessionId'>,
  found: ProviderIdentity,
): Promise<void> {
  await inSystemTransaction(ctx.services, async (tx) => {
    const { em, now } = tx
    if (!userId || (await em.count(Session, { id: sessionId ?? '', userId, expiresAt: { $gt: now } })) === 0) {
      throw new AppError('auth.session_ended')
    }
    const user = await lockPerson(em, userId)
    if (!found.emailVerified) throw new AppError('auth.provider_unverified')
    if (!user.emailVerified || found.email !== user.email) throw new AppError('auth.provider_other_address')
    const owner = await ownerOf(em, found)
    if (owner !== null && owner !== user.id) throw new AppError('auth.provider_taken')
    if (owner === null) await tieAccount(ctx, tx, user, found)
  })
}
