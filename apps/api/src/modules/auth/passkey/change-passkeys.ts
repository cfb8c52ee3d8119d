import type { EntityManager } from '@mikro-orm/postgresql'
import { Passkey, PasskeyFactor, TotpFactor } from '@tollkeeper/db'
import type { PasskeyView } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'
import { assertAnotherWayIn } from '../account/another-way-in.ts'
import { lockPerson } from '../account/lock-person.ts'
import { tellWayInChanged } from '../account/tell-way-in-changed.ts'
import { toPasskeyView } from './list-passkeys.ts'

/** Calls one of the caller's passkeys something else. @throws AppError auth.passkey_not_found, for another's as well */
export function renamePasskey(
  { services, caller, requestId }: UserContext,
  { id, name }: { id: string; name: string },
): Promise<PasskeyView> {
  return inSystemTransaction(services, async ({ em, now }) => {
    const passkey = await em.findOne(Passkey, { id, userId: caller.userId })
    if (!passkey) throw new AppError('auth.passkey_not_found')
    passkey.name = name
    const details = { passkeyId: id }
    writeAudit(em, { tenantId: null, action: 'user.passkey_renamed', target: caller.userId, details, caller, requestId, at: now })
    return toPasskeyView(passkey)
  })
}

/**
 * Takes one of the caller's passkeys away. The last way in stays, and so does the last second factor.
 * @throws AppError auth.passkey_not_found, for another's as well; auth.last_way_in, auth.last_second_factor
 */
export async function removePasskey({ services, caller, requestId }: UserContext, { id }: { id: string }): Promise<{ done: true }> {
  await inSystemTransaction(services, async ({ em, now }) => {
    const user = await lockPerson(em, caller.userId)
    if ((await em.count(Passkey, { id, userId: user.id })) === 0) throw new AppError('auth.passkey_not_found')
    await assertAnotherWayIn(em, services, user.id, { passkeyId: id })
    await em.nativeDelete(Passkey, { id, userId: user.id })
    await assertSecondStepLeft(em, user.id)
    await tellWayInChanged(em, services, user, { change: 'removed', way: 'passkey' })
    const details = { passkeyId: id }
    writeAudit(em, { tenantId: null, action: 'user.passkey_removed', target: user.id, details, caller, requestId, at: now })
  })
  return { done: true }
}

/**
 * Who has turned two-step sign-in on with their passkeys must not be left with a step nobody can take, nor without it unasked. With an
 * authenticator app it goes on by that alone.
 */
async function assertSecondStepLeft(em: EntityManager, userId: string): Promise<void> {
  if ((await em.count(PasskeyFactor, { userId })) === 0 || (await em.count(Passkey, { userId })) > 0) return
  if ((await em.count(TotpFactor, { userId, confirmedAt: { $ne: null } })) === 0) throw new AppError('auth.last_second_factor')
  await em.nativeDelete(PasskeyFactor, { userId })
}
