import { TotpFactor } from '@tollkeeper/db'
import type { BackupCodes, TotpOffer } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { lockPerson } from '../account/lock-person.ts'
import { secondFactorsOf } from './second-factors-of.ts'
import { mintTotpSecret, stepOfCode, totpUri } from './totp.ts'
import { openTotpSecret, sealTotpSecret } from './totp-secret.ts'
import { turnOn } from './turn-on.ts'

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
export function confirmTotp(ctx: UserContext, { code }: { code: string }): Promise<BackupCodes> {
  return inSystemTransaction(ctx.services, async (tx) => {
    const { em, services, now } = tx
    const user = await lockPerson(em, ctx.caller.userId)
    const offer = await em.findOne(TotpFactor, { userId: user.id })
    if (!offer) throw new AppError('auth.second_factor_missing')
    if (offer.confirmedAt) throw new AppError('auth.second_factor_set')
    const step = stepOfCode(openTotpSecret(services, user.id, offer.secret), code, now)
    if (step === null) throw new AppError('auth.second_factor_wrong')
    const { on: wasOn } = await secondFactorsOf(em, services, user.id)
    offer.confirmedAt = now
    offer.lastStep = step
    return turnOn(ctx, tx, user, { way: 'totp', wasOn })
  })
}
