import type { EntityManager } from '@mikro-orm/postgresql'
import { DeviceCode, RefreshFamily, Session, SignInChallenge } from '@tollkeeper/db'
import { announceChange } from '../../../kernel/change-feed.ts'
import { holdPerson } from '../account/lock-person.ts'

export type EndedFor =
  | 'signed_out'
  | 'refresh_reused'
  | 'revoked'
  | 'not_me'
  | 'password_changed'
  | 'password_reset'
  | 'email_changed'
  | 'second_factor_changed'
  | 'email_change_cancelled'
  | 'address_proved'
  | 'suspended'
  | 'ended_by_operator'
  | 'deletion_asked'

/** Ends a session of a person and every refresh token of it; all nodes refuse its cookie and access tokens within a second. */
export async function endSession(
  em: EntityManager,
  { sessionId, userId }: { sessionId: string; userId: string },
  reason: EndedFor,
  now: Date,
): Promise<void> {
  await holdPerson(em, userId)
  await em.nativeUpdate(RefreshFamily, { sessionId, revokedAt: null }, { revokedAt: now, revokedFor: reason })
  await em.nativeDelete(Session, { id: sessionId })
  announceChange(em, 'session', sessionId)
}

/**
 * Ends every session of a person but one, with their refresh tokens, devices that were let in and have not come yet, and sign-ins that
 * wait for a second factor. Lock the
 * person first (see lockPerson), so that a sign-in under way comes before this or after it.
 * @returns how many sessions there were
 */
export async function endSessionsOf(
  em: EntityManager,
  userId: string,
  { except, reason, now }: { except: string | null; reason: EndedFor; now: Date },
): Promise<number> {
  await em.nativeUpdate(
    RefreshFamily,
    { userId, revokedAt: null, ...(except ? { sessionId: { $ne: except } } : {}) },
    { revokedAt: now, revokedFor: reason },
  )
  await em.nativeDelete(DeviceCode, { userId, status: 'approved' })
  await em.nativeDelete(SignInChallenge, { userId })
  const ended = await em.nativeDelete(Session, { userId, ...(except ? { id: { $ne: except } } : {}) })
  announceChange(em, 'user', userId)
  return ended
}
