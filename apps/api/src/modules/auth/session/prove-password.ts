import type { LoginInput } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { RequestContext } from '../../../kernel/context.ts'
import { inSystem } from '../../../kernel/in-transaction.ts'
import { beginAttempt } from '../attempt/login-attempt.ts'
import { APIError } from '../identity/better-auth.ts'
import { identityOf } from '../identity/identity.ts'
import { canonicalEmail } from '../registration/email-address.ts'
import { openRegistration } from '../registration/send-proof.ts'
import { resend } from '../resend-verification.ts'
import { clientHeaders } from './client-headers.ts'
import { type StartedSession, startedSession } from './started-session.ts'

/**
 * Starts a session for who knows an account's password. One password is hashed whatever is found, so a wrong password, an unknown
 * address and one that is not proved yet look the same and take the same time; only who knows the password of an
 * unproved registration is told so, and gets the mail again.
 * @throws AppError auth.invalid_credentials, auth.email_unverified, auth.user_suspended, auth.overloaded, rate.limited
 */
export async function provePassword(ctx: RequestContext, { email: typed, password }: LoginInput): Promise<StartedSession> {
  const { services } = ctx
  const email = canonicalEmail(typed)
  const attempt = await beginAttempt(ctx, email)
  const person = await findPerson(ctx, email)
  const userId = person?.id ?? null
  if (userId === null || !person?.has_password) {
    const unverified = await matchesRegistration(ctx, email, password, userId)
    await attempt.failed(unverified ? 'unverified' : 'wrong_password', userId)
    if (!unverified) throw new AppError('auth.invalid_credentials')
    await resend(ctx, email)
    throw new AppError('auth.email_unverified')
  }
  try {
    const { headers, response } = await identityOf(services).betterAuth.api.signInEmail({
      body: { email, password },
      headers: clientHeaders(ctx),
      returnHeaders: true,
    })
    await attempt.succeeded(userId)
    return await startedSession(services, { token: response.token, setCookie: headers.getSetCookie() })
  } catch (error) {
    if (error instanceof APIError && error.status === 'UNAUTHORIZED') {
      await attempt.failed('wrong_password', userId)
      throw new AppError('auth.invalid_credentials')
    }
    if (error instanceof AppError && error.code === 'auth.user_suspended') await attempt.failed('suspended', userId)
    throw error
  }
}

async function findPerson({ services }: RequestContext, email: string): Promise<{ id: string; has_password: boolean } | undefined> {
  const { rows } = await services.pool.query<{ id: string; has_password: boolean }>(
    `select u.id, exists (select 1 from account a where a.user_id = u.id and a.provider_id = 'credential' and a.password is not null) as has_password
     from "user" u where u.email = $1`,
    [email],
  )
  return rows[0]
}

/** Whether this is the password of a registration that can still be proved: none can once there is a person with the address. */
async function matchesRegistration(
  { services }: RequestContext,
  email: string,
  password: string,
  userId: string | null,
): Promise<boolean> {
  const { passwords } = identityOf(services)
  const registration = await inSystem(services, (em) => openRegistration(em, services, email))
  if (registration && userId === null) return passwords.verify(registration.passwordHash, password)
  await passwords.hash(password)
  return false
}
