import { Registration } from '@tollkeeper/db'
import { AppError } from '../../../kernel/app-error.ts'
import type { RequestContext } from '../../../kernel/context.ts'
import { inSystemTransaction, type SystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'
import { lockPerson, lockPersonOf } from '../account/lock-person.ts'
import { recordFailedWay } from '../attempt/failed-way.ts'
import type { LoginFailure } from '../attempt/login-attempt.ts'
import { holdAddress } from '../registration/hold-address.ts'
import { createPerson } from '../verify-email.ts'
import type { ProviderIdentity } from './provider-identity.ts'
import { createAccount, ownerOf, tieAccount } from './tie-account.ts'

const reasons: Record<string, LoginFailure> = {
  'auth.provider_unverified': 'unverified_there',
  'auth.provider_not_linked': 'unverified',
  'auth.user_suspended': 'suspended',
}

/**
 * The person somebody at a provider is here. Who is not known yet is the person with the same address, if both sides have proved
 * it; without one, they come into being.
 * @throws AppError auth.provider_unverified, auth.provider_not_linked, auth.user_suspended
 */
export async function personOf(ctx: RequestContext, found: ProviderIdentity): Promise<string> {
  try {
    return await inSystemTransaction(ctx.services, async (tx) => {
      const known = await ownerOf(tx.em, found)
      if (known !== null) return (await lockPerson(tx.em, known)).id
      if (!found.emailVerified) throw new AppError('auth.provider_unverified')
      await holdAddress(tx.em, found.email)
      return (await ownerOf(tx.em, found)) ?? (await joinByAddress(ctx, tx, found))
    })
  } catch (error) {
    const reason = error instanceof AppError ? reasons[error.code] : undefined
    if (reason) await recordFailedWay(ctx, { email: found.email, method: found.provider, reason })
    throw error
  }
}

async function joinByAddress(ctx: RequestContext, tx: SystemTransaction, found: ProviderIdentity): Promise<string> {
  const { em, now } = tx
  const { email, name, provider } = found
  const user = await lockPersonOf(em, email)
  if (user) {
    if (!user.emailVerified) throw new AppError('auth.provider_not_linked')
    await tieAccount(ctx, tx, user, found)
    return user.id
  }
  const userId = await createPerson(em, { email, name, operatorRole: null, now })
  createAccount(em, userId, found, now)
  await em.nativeDelete(Registration, { email })
  const details = { outcome: 'came_by_provider', provider }
  const { requestId } = ctx
  writeAudit(em, { tenantId: null, action: 'user.registered', target: userId, details, caller: 'system', requestId, at: now })
  return userId
}
