import { LockMode } from '@mikro-orm/core'
import { RefreshFamily, Session, User } from '@tollkeeper/db'
import type { SignedIn } from '@tollkeeper/shared'
import { AppError } from '../../kernel/app-error.ts'
import type { RequestContext } from '../../kernel/context.ts'
import { inSystemTransaction, type SystemTransaction } from '../../kernel/in-transaction.ts'
import { writeAudit } from '../audit/index.ts'
import { enqueueMail, readerOf, writeInstant } from '../notification/index.ts'
import { holdPerson } from './account/lock-person.ts'
import { deviceOf, namedDevice } from './session/device-words.ts'
import { endSession } from './session/end-session.ts'
import { withAccessToken } from './session/with-access-token.ts'
import { rotate } from './token/refresh-family.ts'
import { readRefreshToken } from './token/refresh-token.ts'

type Outcome = { family: RefreshFamily; successor: string } | 'reused' | AppError

/**
 * Exchanges a refresh token for the next pair. Calls with the same token within 30 seconds get the same successor; a token that
 * turns up later than that was copied, so its whole sign-in is ended and the person is told.
 * @throws AppError auth.token_invalid, auth.session_ended, auth.refresh_reused, auth.user_suspended
 */
export async function refresh(ctx: RequestContext, { refreshToken }: { refreshToken: string }): Promise<SignedIn> {
  const { services } = ctx
  const key = services.secrets.refreshTokens
  const named = readRefreshToken(key, refreshToken)
  if (!named) throw new AppError('auth.token_invalid')
  const outcome = await inSystemTransaction<Outcome>(services, async (tx) => {
    const family = await tx.em.findOne(RefreshFamily, { id: named.familyId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
    if (!family) return new AppError('auth.token_invalid')
    if (family.revokedAt || family.expiresAt <= tx.now) return new AppError('auth.session_ended')
    const refusal = await whyNotAlive(tx, family)
    if (refusal) return refusal
    const successor = rotate(family, { counter: named.counter, token: refreshToken }, key, tx.now)
    return successor === null ? 'reused' : { family, successor }
  })
  if (outcome === 'reused') throw await endReusedFamily(ctx, named.familyId)
  if (outcome instanceof AppError) throw outcome
  return withAccessToken(services, outcome.family, outcome.successor)
}

async function whyNotAlive({ em }: SystemTransaction, { sessionId, userId }: RefreshFamily): Promise<AppError | null> {
  if ((await em.count(Session, { id: sessionId, userId })) === 0) return new AppError('auth.session_ended')
  return (await em.count(User, { id: userId, status: 'active' })) === 0 ? new AppError('auth.user_suspended') : null
}

/**
 * In a transaction of its own, as it holds the person before the family; a token that was used up stays so meanwhile.
 * @returns what the caller is told: a failure of the transaction would forget that the token turned up
 */
function endReusedFamily(ctx: RequestContext, id: string): Promise<AppError> {
  return inSystemTransaction(ctx.services, async (tx) => {
    const named = await tx.em.findOne(RefreshFamily, { id })
    if (!named) return new AppError('auth.token_invalid')
    await holdPerson(tx.em, named.userId)
    const family = await tx.em.findOne(RefreshFamily, { id, revokedAt: null }, { refresh: true })
    if (!family) return new AppError('auth.session_ended')
    await tellOfReuse(ctx, tx, family)
    await endSession(tx.em, family, 'refresh_reused', tx.now)
    return new AppError('auth.refresh_reused')
  })
}

async function tellOfReuse(ctx: RequestContext, { em, now }: SystemTransaction, family: RefreshFamily): Promise<void> {
  const { id, sessionId, userId } = family
  const [user, session] = [await em.findOneOrFail(User, { id: userId }), await em.findOne(Session, { id: sessionId })]
  const reader = await readerOf(em, userId)
  await enqueueMail(em, ctx.services, {
    to: user.email,
    userId,
    template: 'sign-in-ended',
    data: {
      name: user.name,
      signedInAt: writeInstant(reader, family.createdAt),
      device: namedDevice(deviceOf(session?.userAgent)),
    },
    locale: reader.locale,
    dedupeKey: `sign-in-ended ${id}`,
  })
  writeAudit(em, {
    tenantId: null,
    action: 'session.ended',
    target: sessionId,
    details: { reason: 'refresh_reused' },
    caller: 'system',
    requestId: ctx.requestId,
    at: now,
  })
}
