import { createHash, randomBytes } from 'node:crypto'

const DAY_MS = 86_400_000
/** Long enough for a holiday week, short enough that a forgotten mail opens nothing. */
export const INVITATION_DAYS = 7

/** A new link: the token is in the mail and nowhere else, the database keeps a hash that binds it to its purpose. */
export function mintLink(now: Date): { token: string; tokenHash: string; expiresAt: Date } {
  const token = randomBytes(32).toString('base64url')
  return { token, tokenHash: hashOfInvitation(token), expiresAt: new Date(now.getTime() + INVITATION_DAYS * DAY_MS) }
}

export function hashOfInvitation(token: string): string {
  return createHash('sha256').update(`invitation ${token}`).digest('base64url')
}
