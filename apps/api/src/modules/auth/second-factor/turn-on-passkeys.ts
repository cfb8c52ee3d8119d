import { PasskeyFactor } from '@tollkeeper/db'
import type { BackupCodes, PasskeySignInInput } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { lockPerson } from '../account/lock-person.ts'
import { confirmByPasskey } from '../passkey/confirm.ts'
import { secondFactorsOf } from './second-factors-of.ts'
import { turnOn } from './turn-on.ts'

/**
 * Turns two-step sign-in on with the caller's passkeys. They use one of them for it, which shows that they can.
 * @returns the backup codes, which are told once
 * @throws AppError auth.passkey_refused, auth.passkeys_unavailable, auth.second_factor_set
 */
export async function turnOnPasskeys(ctx: UserContext, { credential }: PasskeySignInInput): Promise<BackupCodes> {
  const use = await confirmByPasskey(ctx, 'turn_on', credential)
  return inSystemTransaction(ctx.services, async (tx) => {
    const { em, services, now } = tx
    const user = await lockPerson(em, ctx.caller.userId)
    await use(em)
    if ((await em.count(PasskeyFactor, { userId: user.id })) > 0) throw new AppError('auth.second_factor_set')
    const { on: wasOn } = await secondFactorsOf(em, services, user.id)
    em.create(PasskeyFactor, { userId: user.id, createdAt: now })
    await em.flush()
    return turnOn(ctx, tx, user, { way: 'passkey', wasOn })
  })
}
