import { randomBytes } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/postgresql'
import { MailToken, StepUpCode } from '@tollkeeper/db'
import { AppError } from '../../../kernel/app-error.ts'
import { newId } from '../../../kernel/new-id.ts'
import { hashOfToken } from '../token/refresh-token.ts'

export type MailTokenPurpose = 'reset_password' | 'change_email' | 'cancel_email_change' | 'not_me' | 'impersonate'

export interface MailTokenFact {
  userId: string
  subject: string | null
  sessionId: string | null
}

/** What a token of this purpose may be used for, and how long. */
interface Issue {
  userId: string
  purpose: MailTokenPurpose
  now: Date
  lifetimeMs: number
  subject?: string
  sessionId?: string
}

/**
 * Makes the secret half of a link. It is in the mail and nowhere else; the database keeps a hash that binds it to its purpose, so
 * no link opens what another is for.
 */
export function issueMailToken(em: EntityManager, { now, lifetimeMs, ...fact }: Issue): string {
  const token = randomBytes(32).toString('base64url')
  em.create(MailToken, {
    id: newId('mailToken', now.getTime()),
    ...fact,
    tokenHash: hashFor(fact.purpose, token),
    createdAt: now,
    expiresAt: new Date(now.getTime() + lifetimeMs),
  })
  return token
}

/** Takes away the person's links for these purposes; without any, all of them, and the codes that were mailed to them. Their row is held by the caller. */
export async function dropMailTokens(em: EntityManager, userId: string, ...purposes: MailTokenPurpose[]): Promise<void> {
  if (purposes.length === 0) {
    await em.execute('delete from mail_sign_in where email = (select email from "user" where id = ?)', [userId])
    await em.nativeDelete(StepUpCode, { userId })
  }
  await em.nativeDelete(MailToken, { userId, ...(purposes.length > 0 ? { purpose: { $in: purposes } } : {}) })
}

/** What a link is about, without using it up. @throws AppError auth.link_invalid */
export async function factOfMailToken(
  em: EntityManager,
  purpose: MailTokenPurpose,
  token: string,
): Promise<Pick<MailTokenFact, 'userId' | 'subject'>> {
  const found = await em.findOne(MailToken, { tokenHash: hashFor(purpose, token) })
  if (!found) throw new AppError('auth.link_invalid')
  return { userId: found.userId, subject: found.subject ?? null }
}

/** Whose link it is, without using it up. @throws AppError auth.link_invalid */
export async function ownerOfMailToken(em: EntityManager, purpose: MailTokenPurpose, token: string): Promise<string> {
  return (await factOfMailToken(em, purpose, token)).userId
}

/**
 * Uses a link up: of any number of calls with one token, one gets it. What fails after that gives it back with its transaction.
 * @throws AppError auth.link_invalid, auth.link_expired
 */
export async function takeMailToken(
  em: EntityManager,
  purpose: MailTokenPurpose,
  token: string,
  now: Date,
): Promise<MailTokenFact> {
  const [taken] = await em.execute<{ user_id: string; subject: string | null; session_id: string | null; live: boolean }[]>(
    'delete from mail_token where token_hash = ? returning user_id, subject, session_id, expires_at > ? as live',
    [hashFor(purpose, token), now],
  )
  if (!taken) throw new AppError('auth.link_invalid')
  if (!taken.live) throw new AppError('auth.link_expired')
  return { userId: taken.user_id, subject: taken.subject, sessionId: taken.session_id }
}

function hashFor(purpose: MailTokenPurpose, token: string): string {
  return hashOfToken(`${purpose} ${token}`)
}
