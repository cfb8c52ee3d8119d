import type { SignedIn } from '@tollkeeper/shared'
import type { Services } from '../../../kernel/services.ts'
import { identityOf } from '../identity/identity.ts'
import { ACCESS_TOKEN_LIFETIME, signAccessToken } from '../token/access-token.ts'
import { readPerson } from '../view.ts'

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
