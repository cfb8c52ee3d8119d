import { type LoginEvent, TotpFactor, type User } from '@tollkeeper/db'
import type { SecondFactorInput } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { RequestContext } from '../../../kernel/context.ts'
import type { SystemTransaction } from '../../../kernel/in-transaction.ts'
import { recordFailure } from '../attempt/login-attempt.ts'
import { takeBackupCode } from './backup-codes.ts'
import { tellSecondFactorChanged } from './tell-second-factor-changed.ts'
import { stepOfCode } from './totp.ts'
import { openTotpSecret } from './totp-secret.ts'

/** Wrong codes of one kind for one account, whoever sends them. */
const MOST_FAILURES = 20
const HOUR_MS = 3_600_000

/**
 * Takes a code of a person whose row the caller holds, so that of any number at once one is judged after the other. A code is used
 * up by it. What fails is on record when the transaction is committed.
 * @returns null when it is right, else why not: auth.second_factor_wrong, rate.limited
 */
export async function proveSecondFactor(
  ctx: RequestContext,
  tx: SystemTransaction,
  user: User,
  { method, code }: SecondFactorInput,
): Promise<AppError | null> {
  const { em, now } = tx
  const oldest = await nthLastFailure(tx, user.id, method)
  if (oldest) {
    await recordFailure(em, ctx, { userId: user.id, email: user.email, method, outcome: 'refused', reason: 'too_many_codes' })
    const retryAfterSeconds = Math.ceil((oldest.getTime() + HOUR_MS - now.getTime()) / 1000)
    return new AppError('rate.limited', { retryAfterSeconds, detail: 'There were too many wrong codes for this account.' })
  }
  if (await (method === 'totp' ? takeTotp(tx, user.id, code) : takeBackup(tx, user, code))) return null
  await recordFailure(em, ctx, { userId: user.id, email: user.email, method, outcome: 'failure', reason: 'wrong_code' })
  return new AppError('auth.second_factor_wrong')
}

/** When the failure was that makes one more too many; null while there are fewer. */
async function nthLastFailure({ em, now }: SystemTransaction, userId: string, method: LoginEvent['method']): Promise<Date | null> {
  const [row] = await em.execute<{ at: Date | string }[]>(
    `select at from login_event where user_id = ? and method = ? and outcome = 'failure' and at > ?
     order by at desc offset ${MOST_FAILURES - 1} limit 1`,
    [userId, method, new Date(now.getTime() - HOUR_MS)],
  )
  return row ? new Date(row.at) : null
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
