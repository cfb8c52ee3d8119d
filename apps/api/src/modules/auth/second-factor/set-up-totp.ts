import { TotpFactor } from '@tollkeeper/db'
import type { BackupCodes, TotpOffer } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'
import { lockPerson } from '../account/lock-person.ts'
import { renewBackupCodes } from './backup-codes.ts'
import { settleSessions } from './settle-sessions.ts'
import { tellSecondFactorChanged } from './tell-second-factor-changed.ts'
import { mintTotpSecret, stepOfCode, totpUri } from './totp.ts'
import { openTotpSecret, sealTotpSecret } from './totp-secret.ts'

/** Offers the caller a secret for an authenticator app, in place of an offer they did not take. @throws AppError auth.second_factor_set */
export function offerTotp({ services, caller }: UserContext): Promise<TotpOffer> {
  return inSystemTransaction(services, async ({ em, now }) => {
    const user = await lockPerson(em, caller.userId)
    const known = await em.findOne(TotpFactor, { userId: user.id })
    if (known?.confirmedAt) throw new AppError('auth.second_factor_set')
    const secret = mintTotpSecret()
    const sealed = sealTotpSecret(services, user.id, secret)
    if (known) known.secret = sealed
    else em.create(TotpFactor, { userId: user.id, secret: sealed, confirmedAt: null, lastStep: 0, createdAt: now })
    return { secret, uri: totpUri(secret, user.email) }
  })
}

/**
 * Takes the offer, with a first code that shows that the app has the secret. From now on every sign-in asks for one; whatever was
 * signed in with less is ended, but for the session that asks.
 * @returns the backup codes, which are told once
 * @throws AppError auth.second_factor_missing without an offer, auth.second_factor_set, auth.second_factor_wrong
 */
export function confirmTotp({ services, caller, requestId }: UserContext, { code }: { code: string }): Promise<BackupCodes> {
  return inSystemTransaction(services, async ({ em, now }) => {
    const user = await lockPerson(em, caller.userId)
    const offer = await em.findOne(TotpFactor, { userId: user.id })
    if (!offer) throw new AppError('auth.second_factor_missing')
    if (offer.confirmedAt) throw new AppError('auth.second_factor_set')
    const step = stepOfCode(openTotpSecret(services, user.id, offer.secret), code, now)
    if (step === null) throw new AppError('auth.second_factor_wrong')
    offer.confirmedAt = now
    offer.lastStep = step
    const backupCodes = await renewBackupCodes(em, services, user.id)
    await settleSessions(em, caller, 'totp', now)
    await tellSecondFactorChanged(em, services, user, 'on')
    writeAudit(em, { tenantId: null, action: 'user.second_factor_added', target: user.id, caller, requestId, at: now })
    return { backupCodes }
  })
}
