import type { LoginEvent, User } from '@tollkeeper/db'
import type { ErrorCode, LoginMethod } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { RequestContext } from '../../../kernel/context.ts'
import type { SystemTransaction } from '../../../kernel/in-transaction.ts'
import { recordFailure } from './login-attempt.ts'

/** Wrong codes of one kind for one account, whoever sends them. */
const MOST_FAILURES = 20
const HOUR_MS = 3_600_000

/**
 * Takes a code of a person whose row the caller holds, so that of any number at once one is judged after the other. What fails is on
 * record when the transaction is committed.
 * @param take uses the code up; false when it is wrong
 * @returns null when it is right, else why not: `wrong`, rate.limited
 */
export async function takeCode(
  ctx: RequestContext,
  tx: SystemTransaction,
  user: User,
  { method, wrong, take }: { method: LoginMethod; wrong: ErrorCode; take: () => Promise<boolean> },
): Promise<AppError | null> {
  const { em, now } = tx
  const fact = { userId: user.id, email: user.email, method }
  const oldest = await nthLastFailure(tx, user.id, method)
  if (oldest) {
    await recordFailure(em, ctx, { ...fact, outcome: 'refused', reason: 'too_many_codes' })
    const retryAfterSeconds = Math.ceil((oldest.getTime() + HOUR_MS - now.getTime()) / 1000)
    return new AppError('rate.limited', { retryAfterSeconds, detail: 'There were too many wrong codes for this account.' })
  }
  if (await take()) return null
  await recordFailure(em, ctx, { ...fact, outcome: 'failure', reason: 'wrong_code' })
  return new AppError(wrong)
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
