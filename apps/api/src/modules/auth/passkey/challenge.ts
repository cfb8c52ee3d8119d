import { randomBytes } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/postgresql'
import { PasskeyChallenge } from '@tollkeeper/db'
import { z } from 'zod'
import { newId } from '../../../kernel/new-id.ts'
import { hashOfToken } from '../token/refresh-token.ts'

/** What a passkey is made or used for. */
export type PasskeyPurpose = 'add' | 'sign_in' | 'second_factor' | 'confirm' | 'turn_on'

/** Milliseconds to find the device and touch it. */
export const CHALLENGE_LIFETIME = 300_000

/** Whose passkey it has to be, where that is known. */
export interface Asked {
  userId: string | null
  sessionId: string | null
}

/** Makes what a passkey has to sign. */
export function issueChallenge(
  em: EntityManager,
  purpose: PasskeyPurpose,
  { userId = null, sessionId = null, now }: Partial<Asked> & { now: Date },
): Uint8Array<ArrayBuffer> {
  const challenge = new Uint8Array(randomBytes(32))
  em.create(PasskeyChallenge, {
    id: newId('passkeyChallenge', now.getTime()),
    challengeHash: hashFor(purpose, Buffer.from(challenge).toString('base64url')),
    userId,
    sessionId,
    createdAt: now,
    expiresAt: new Date(now.getTime() + CHALLENGE_LIFETIME),
  })
  return challenge
}

/**
 * Uses a challenge up: of any number of answers to one, one is looked at.
 * @returns null when it is not one of ours, was for something else, was answered before, or is too old
 */
export async function takeChallenge(
  em: EntityManager,
  purpose: PasskeyPurpose,
  challenge: string,
  now: Date,
): Promise<Asked | null> {
  const [taken] = await em.execute<{ user_id: string | null; session_id: string | null; live: boolean }[]>(
    'delete from passkey_challenge where challenge_hash = ? returning user_id, session_id, expires_at > ? as live',
    [hashFor(purpose, challenge), now],
  )
  return taken?.live ? { userId: taken.user_id, sessionId: taken.session_id } : null
}

const ClientData = z.looseObject({ challenge: z.string().min(1).max(512) })

/** The challenge an authenticator says it has signed; null when that cannot be read. */
export function challengeIn(clientDataJSON: string): string | null {
  try {
    return ClientData.parse(JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8'))).challenge
  } catch {
    // whatever it is, no authenticator wrote it, so it names no challenge of ours
    return null
  }
}

function hashFor(purpose: PasskeyPurpose, challenge: string): string {
  return hashOfToken(`passkey ${purpose} ${challenge}`)
}
