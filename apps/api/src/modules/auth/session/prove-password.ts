import type { LoginInput } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { RequestContext } from '../../../kernel/context.ts'
import { inSystem, inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { passwordOf } from '../account/password-of.ts'
import { sendPasswordReset } from '../account/send-password-reset.ts'
import { beginAttempt } from '../attempt/login-attempt.ts'
import { APIError } from '../identity/better-auth.ts'
import { identityOf } from '../identity/identity.ts'
import { upgradeHash } from '../password/upgrade-hash.ts'
import { canonicalEmail } from '../registration/email-address.ts'
import { openRegistration } from '../registration/send-proof.ts'
import { resend } from '../resend-verification.ts'
import { clientHeaders } from './client-headers.ts'
import { endSession } from './end-session.ts'
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
  if (userId === null || !person?.password_hash) {
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
    const session = await startedSession(services, { token: response.token, setCookie: headers.getSetCookie() })
    await assertStillThePassword(ctx, session, person.password_hash, password)
    await upgradeHash(services, { userId, hash: person.password_hash, password })
    return session
  } catch (error) {
    if (error instanceof APIError && error.status === 'UNAUTHORIZED') {
      await attempt.failed('wrong_password', userId)
      throw new AppError('auth.invalid_credentials')
    }
    // somebody an operator brought in, whose address nobody has proved; the mailed link proves it
    if (error instanceof APIError && error.body?.code === 'EMAIL_NOT_VERIFIED') {
      await attempt.failed('unverified', userId)
      await inSystemTransaction(services, (tx) => sendPasswordReset(tx, userId))
      throw new AppError('auth.email_unverified')
    }
    if (error instanceof AppError && error.code === 'auth.user_suspended') await attempt.failed('suspended', userId)
    throw error
  }
}

/**
 * A reset that was committed between the check of the password and the start of the session has not seen that session, so it ends
 * here. The other way round it waits for the person's row, and ends the session itself.
 */
async function assertStillThePassword(
  { services }: RequestContext,
  { userId, sessionId }: StartedSession,
  provedHash: string,
  password: string,
): Promise<void> {
  const current = await inSystem(services, (em) => passwordOf(em, userId))
  if (current === provedHash) return
  if (current !== null && (await identityOf(services).passwords.verify(current, password))) return
  await inSystemTransaction(services, ({ em, now }) => endSession(em, sessionId, 'password_changed', now))
  throw new AppError('auth.invalid_credentials')
}

interface Person {
  id: string
  password_hash: string | null
}

async function findPerson({ services }: RequestContext, email: string): Promise<Person | undefined> {
  const { rows } = await services.pool.query<Person>(
    `select u.id, (select a.password from account a where a.user_id = u.id and a.provider_id = 'credential') as password_hash
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
