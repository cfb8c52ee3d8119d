import { User } from '@tollkeeper/db'
import type { LoginMethod } from '@tollkeeper/shared'
import type { RequestContext } from '../../../kernel/context.ts'
import { inSystem, inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { type LoginFailure, recordFailure } from './login-attempt.ts'

/** Writes down that somebody failed to come in by a way that cannot be guessed at, so that no brake has to be asked first. */
export async function recordFailedWay(
  ctx: RequestContext,
  { email, method, reason }: { email: string; method: LoginMethod; reason: LoginFailure },
): Promise<void> {
  await inSystemTransaction(ctx.services, ({ em }) =>
    recordFailure(em, ctx, { email, userId: null, method, outcome: 'failure', reason }),
  )
}

/** Stands for no account: no address is empty. */
const NOBODY = ''

/**
 * The same for what names nobody: a link or code that was used up or never given out, a passkey nobody has, a provider's answer that
 * was not asked for. It is on record with where it came from, and in no account's history.
 */
export function recordNobodysWay(ctx: RequestContext, method: LoginMethod): Promise<void> {
  return recordFailedWay(ctx, { email: NOBODY, method, reason: 'unknown' })
}

/** The same where it is known who they said they are. */
export async function recordFailedWayOf(
  ctx: RequestContext,
  { userId, ...fact }: { userId: string; method: LoginMethod; reason: LoginFailure },
): Promise<void> {
  const user = await inSystem(ctx.services, (em) => em.findOne(User, { id: userId }))
  if (user) await recordFailedWay(ctx, { ...fact, email: user.email })
}
