import type { IncomingHttpHeaders } from 'node:http'
import type { PendingCaller, UserCaller } from '../caller.ts'

/** Who is behind a browser's cookie or an access token. Answers null for anything that is not a live session of an active user. */
export interface People {
  fromCookie(headers: IncomingHttpHeaders): Promise<UserCaller | PendingCaller | null>
  /** @throws AppError auth.token_expired, auth.token_invalid, auth.session_ended */
  fromAccessToken(token: string): Promise<UserCaller>
  /** Who holds the token of a sign-in that waits for its second factor. @throws AppError auth.challenge_ended */
  fromChallenge(token: string): Promise<PendingCaller>
}
