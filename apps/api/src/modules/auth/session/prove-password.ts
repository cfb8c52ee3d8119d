import type { EntityManager } from '@mikro-orm/postgresql'
import type { LoginInput } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { RequestContext } from '../../../kernel/context.ts'
import { inSystem, inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { passwordOf } from '../account/password-of.ts'
import { sendPasswordReset } from '../account/send-password-reset.ts'
import { beginAttempt } from '../attempt/login-attempt.ts'
import type { Proof } from '../enter/proof.ts'
import { identityOf } from '../identity/identity.ts'
import { upgradeHash } from '../password/upgrade-hash.ts'
import { canonicalEmail } from '../registration/email-address.ts'
import { openRegistration } from '../registration/send-proof.ts'
import { resend } from '../resend-verification.ts'

/**
 * Shows that somebody knows an account's password. One password is hashed whatever is found, so a wrong password, an unknown
 * address and one that is not proved yet look the same and take the same time; only who knows the password of an
 * unproved registration is told so, and gets the mail again.
 * @throws AppError auth.invalid_credentials, auth.email_unverified, auth.overloaded, rate.limited
 */
export async function provePassword(ctx: RequestContext, { email: typed, password }: LoginInput): Promise<Proof> {
  const { services } = ctx
  const email = canonicalEmail(typed)
  const attempt = await beginAttempt(ctx, email)
  const person = await findPerson(ctx, email)
  const userId = person?.id ?? null
  const hash = person?.password_hash
  if (userId === null || !hash) {
    const unverified = await matchesRegistration(ctx, email, password, userId)
    await attempt.failed(unverified ? 'unverified' : 'wrong_password', userId)
    if (!unverified) throw new AppError('auth.invalid_credentials')
    await resend(ctx, email)
    throw new AppError('auth.email_unverified')
  }
  if (!(await identityOf(services).passwords.verify(hash, password))) {
    await attempt.failed('wrong_password', userId)
    throw new AppError('auth.invalid_credentials')
  }
  if (!person.email_verified) {
    // somebody an operator brought in, whose address nobody has proved; the mailed link proves it
    await attempt.failed('unverified', userId)
    await inSystemTransaction(services, (tx) => sendPasswordReset(tx, userId))
    throw new AppError('auth.email_unverified')
  }
  await upgradeHash(services, { userId, hash, password })
  return { userId, method: 'password', attempt, stillHolds: (em) => assertStillThePassword(em, ctx, { userId, hash, password }) }
}

/** A password that was changed since it was proved, before this transaction had the person's row, opens nothing. */
async function assertStillThePassword(
  em: EntityManager,
  { services }: RequestContext,
  { userId, hash, password }: { userId: string; hash: string; password: string },
): Promise<void> {
  const current = await passwordOf(em, userId)
  if (current === hash) return
  if (current !== null && (await identityOf(services).passwords.verify(current, password))) return
  throw new AppError('auth.invalid_credentials')
}

interface Person {
  id: string
  email_verified: boolean
  password_hash: string | null
}

async function findPerson({ services }: RequestContext, email: string): Promise<Person | undefined> {
  const { rows } = await services.pool.query<Person>(
    `select u.id, u.email_verified, (select a.password from account a where a.user_id = u.id and a.provider_id = 'credential') as password_hash
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
