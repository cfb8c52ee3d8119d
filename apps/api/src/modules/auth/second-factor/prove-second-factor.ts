import { TotpFactor, type User } from '@tollkeeper/db'
import type { SecondFactorInput } from '@tollkeeper/shared'
import type { AppError } from '../../../kernel/app-error.ts'
import type { RequestContext } from '../../../kernel/context.ts'
import type { SystemTransaction } from '../../../kernel/in-transaction.ts'
import { takeCode } from '../attempt/take-code.ts'
import { takeBackupCode } from './backup-codes.ts'
import { tellSecondFactorChanged } from './tell-second-factor-changed.ts'
import { stepOfCode } from './totp.ts'
import { openTotpSecret } from './totp-secret.ts'

/**
 * Takes a code of a person whose row the caller holds (see takeCode). A code is used up by it.
 * @returns null when it is right, else why not: auth.second_factor_wrong, rate.limited
 */
export function proveSecondFactor(
  ctx: RequestContext,
  tx: SystemTransaction,
  user: User,
  { method, code }: SecondFactorInput,
): Promise<AppError | null> {
  const take = () => (method === 'totp' ? takeTotp(tx, user.id, code) : takeBackup(tx, user, code))
  return takeCode(ctx, tx, user, { method, wrong: 'auth.second_factor_wrong', take })
}

/** The step moves on with the code, so neither it nor one before it is taken a second time (RFC 6238 §5.2). */
async function takeTotp({ em, services, now }: SystemTransaction, userId: string, code: string): Promise<boolean> {
  const factor = await em.findOne(TotpFactor, { userId, confirmedAt: { $ne: null } })
  if (!factor) return false
  const step = stepOfCode(openTotpSecret(services, userId, factor.secret), code, now)
  if (step === null) return false
  return (await em.nativeUpdate(TotpFactor, { userId, lastStep: { $lt: step } }, { lastStep: step })) === 1
}

async function takeBackup({ em, services }: SystemTransaction, user: User, code: string): Promise<boolean> {
  if (!(await takeBackupCode(em, services, user.id, code))) return false
  await tellSecondFactorChanged(em, services, user, 'backup_code_used')
  return true
}
