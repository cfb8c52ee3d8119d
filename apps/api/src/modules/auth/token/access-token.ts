import { idOf } from '@tollkeeper/shared'
import { errors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { AppError } from '../../../kernel/app-error.ts'
import type { Services } from '../../../kernel/services.ts'
import type { SigningKeys } from './signing-keys.ts'

/** Seconds. */
export const ACCESS_TOKEN_LIFETIME = 900
const AUDIENCE = 'tollkeeper'
/** RFC 9068: what keeps a token of another purpose, signed by the same key, from being taken for an access token. */
const TYPE = 'at+jwt'

export interface AccessClaims {
  userId: string
  sessionId: string
  /** Milliseconds since 1970. */
  expiresAt: number
}

/** Three parts of base64url without padding, so that no two texts are one token. */
const FORM = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/
const Claims = z.object({ sub: idOf('user'), sid: idOf('session'), iat: z.int(), exp: z.int() })

type Needs = Pick<Services, 'publicUrl' | 'clock'> & { keys: SigningKeys }

export async function signAccessToken(
  { keys, publicUrl, clock }: Needs,
  { userId, sessionId, actorId }: Omit<AccessClaims, 'expiresAt'> & { actorId?: string },
): Promise<string> {
  const { kid, privateKey } = await keys.current()
  const now = Math.floor(clock.now().getTime() / 1000)
  // RFC 8693 §4.1: the apps that read the token see that it is not the person who acts
  return new SignJWT({ sid: sessionId, ...(actorId === undefined ? {} : { act: { sub: actorId } }) })
    .setProtectedHeader({ alg: 'EdDSA', kid, typ: TYPE })
    .setIssuer(publicUrl)
    .setAudience(AUDIENCE)
    .setSubject(userId)
    .setIssuedAt(now)
    .setExpirationTime(now + ACCESS_TOKEN_LIFETIME)
    .sign(privateKey)
}

/**
 * What a token says, once its signature and every claim hold. The key is one of ours by its id; a token cannot bring or name
 * another, and no other algorithm is accepted.
 * @throws AppError auth.token_expired, auth.token_invalid
 */
export async function readAccessToken({ keys, publicUrl, clock }: Needs, token: string): Promise<AccessClaims> {
  if (!FORM.test(token)) throw new AppError('auth.token_invalid')
  try {
    const { payload } = await jwtVerify(
      token,
      async ({ kid }) => {
        const key = typeof kid === 'string' ? await keys.find(kid) : null
        if (!key) throw new AppError('auth.token_invalid')
        return key
      },
      {
        algorithms: ['EdDSA'],
        issuer: publicUrl,
        audience: AUDIENCE,
        typ: TYPE,
        requiredClaims: ['sub', 'sid', 'iat', 'exp'],
        maxTokenAge: ACCESS_TOKEN_LIFETIME,
        currentDate: clock.now(),
      },
    )
    const claims = Claims.safeParse(payload)
    // a token that says it lives longer was not made here, whatever it is signed with
    if (!claims.success || claims.data.exp - claims.data.iat > ACCESS_TOKEN_LIFETIME) throw new AppError('auth.token_invalid')
    const { sub, sid, exp } = claims.data
    return { userId: sub, sessionId: sid, expiresAt: exp * 1000 }
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw new AppError('auth.token_expired')
    if (error instanceof errors.JOSEError || error instanceof TypeError) throw new AppError('auth.token_invalid')
    throw error
  }
}
