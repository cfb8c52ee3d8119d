import { randomBytes } from 'node:crypto'
import { SignInChallenge } from '@tollkeeper/db'
import type { LoginMethod, PendingSignIn } from '@tollkeeper/shared'
import type pg from 'pg'
import type { PendingCaller } from '../../../kernel/caller.ts'
import type { SystemTransaction } from '../../../kernel/in-transaction.ts'
import { newId } from '../../../kernel/new-id.ts'
import { hashOfToken } from '../token/refresh-token.ts'

/** What the session will be carried by. */
export type Carrier = 'cookie' | 'tokens'

/** Seconds. */
export const CHALLENGE_LIFETIME = 600
/** Tells it from a key and from an access token, none of which it can stand for. */
const PREFIX = 'tkc_'

interface FirstStep {
  userId: string
  method: LoginMethod
  carrier: Carrier
  methods: PendingSignIn['methods']
}

/** Writes down that a person has proved one factor of two. The token is told to whoever did, and only its hash is kept. */
export function openChallenge(
  { em, now }: SystemTransaction,
  { userId, method, carrier, methods }: FirstStep,
): PendingSignIn & { token: string } {
  const token = `${PREFIX}${randomBytes(32).toString('base64url')}`
  const expiresAt = new Date(now.getTime() + CHALLENGE_LIFETIME * 1000)
  const tokenHash = hashOfToken(token)
  em.create(SignInChallenge, {
    id: newId('challenge', now.getTime()),
    userId,
    tokenHash,
    method,
    carrier,
    createdAt: now,
    expiresAt,
  })
  return { token, methods, expiresAt: expiresAt.toISOString() }
}

export function looksLikeChallenge(credential: string): boolean {
  return credential.startsWith(PREFIX)
}

/** Who holds this token, brought by what it is for; null when it is over. One that a browser should hold is no bearer token, nor the other way round. */
export async function holderOfChallenge(
  pool: pg.Pool,
  { token, carrier, now }: { token: string; carrier: Carrier; now: Date },
): Promise<PendingCaller | null> {
  const { rows } = await pool.query<{ id: string; user_id: string }>(
    `select c.id, c.user_id from sign_in_challenge c join "user" u on u.id = c.user_id
     where c.token_hash = $1 and c.carrier = $2 and c.expires_at > $3 and u.status = 'active'`,
    [hashOfToken(token), carrier, now],
  )
  const [found] = rows
  return found
    ? { kind: 'pending', challengeId: found.id, userId: found.user_id, via: carrier === 'cookie' ? 'cookie' : 'token' }
    : null
}
