import type { SignedIn } from '@tollkeeper/shared'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import type { Services } from '../../../kernel/services.ts'
import { identityOf } from '../identity/identity.ts'
import { ACCESS_TOKEN_LIFETIME, signAccessToken } from '../token/access-token.ts'
import { openFamily } from '../token/refresh-family.ts'
import { readPerson } from '../view.ts'

/** The first pair of tokens of a session. */
export async function issueTokens(
  services: Services,
  session: { sessionId: string; userId: string; expiresAt: Date },
): Promise<SignedIn> {
  const { sessionId, userId, expiresAt } = session
  const refreshToken = await inSystemTransaction(services, async ({ em }) =>
    openFamily(em, services, { sessionId, userId, expiresAt }),
  )
  return withAccessToken(services, session, refreshToken)
}

/** The answer to a sign-in or a refresh: who it is, and both tokens. */
export async function withAccessToken(
  services: Services,
  { userId, sessionId }: { userId: string; sessionId: string },
  refreshToken: string,
): Promise<SignedIn> {
  const { keys } = identityOf(services)
  const [person, accessToken] = await Promise.all([
    readPerson(services, userId),
    signAccessToken({ ...services, keys }, { userId, sessionId }),
  ])
  return { ...person, accessToken, accessTokenExpiresIn: ACCESS_TOKEN_LIFETIME, refreshToken }
}
