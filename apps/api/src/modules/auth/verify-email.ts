import type { EntityManager } from '@mikro-orm/postgresql'
import { Account, Registration, User, UserPreference } from '@tollkeeper/db'
import { Locale } from '@tollkeeper/shared'
import { AppError } from '../../kernel/app-error.ts'
import { addressBucket } from '../../kernel/client-address.ts'
import type { RequestContext } from '../../kernel/context.ts'
import { inSystem, inSystemTransaction } from '../../kernel/in-transaction.ts'
import { newId } from '../../kernel/new-id.ts'
import { writeAudit } from '../audit/index.ts'
import { enqueueMail } from '../notification/index.ts'
import { ensurePersonalTenant } from '../tenant/index.ts'
import { identityOf } from './identity/identity.ts'
import { holdAddress } from './registration/hold-address.ts'
import { hashOfToken } from './token/refresh-token.ts'

interface VerifiedAddress {
  email: string
  verified: true
}

/**
 * Proves an address with the token from its mail alone. Only from where the account was asked for: who has the mail and who chose
 * the password may be two people, and then the link must not open the account to the second.
 * @throws AppError auth.token_invalid (also when used before), auth.token_expired, auth.confirmation_needed
 */
export function verifyEmail(ctx: RequestContext, { token }: { token: string }): Promise<VerifiedAddress> {
  const here = addressBucket(ctx.client.ip)
  return becomePerson(ctx, token, (registration) => {
    if (registration.addressBucket !== here) throw new AppError('auth.confirmation_needed')
  })
}

/**
 * Proves an address with the token from its mail, and that it was its owner who chose the password, from anywhere.
 * @throws AppError auth.token_invalid, auth.token_expired, auth.password_wrong, auth.overloaded
 */
export async function confirmRegistration(
  ctx: RequestContext,
  { token, password }: { token: string; password: string },
): Promise<VerifiedAddress> {
  const named = await inSystem(ctx.services, (em) => em.findOne(Registration, { tokenHash: hashOfToken(token) }))
  if (!named) throw new AppError('auth.token_invalid')
  if (!(await identityOf(ctx.services).passwords.verify(named.passwordHash, password))) {
    throw new AppError('auth.password_wrong', { faults: [{ path: 'password', message: 'is not the one that was chosen' }] })
  }
  return becomePerson(ctx, token, () => undefined)
}

/**
 * The person comes into being, with the password that was given in that very registration. Every other registration of the address
 * is dropped, so a password somebody else prepared opens nothing.
 * @param judge throws when the token alone is not enough; then nothing has happened
 */
async function becomePerson(
  ctx: RequestContext,
  token: string,
  judge: (registration: Registration) => void,
): Promise<VerifiedAddress> {
  const { services, requestId } = ctx
  const person = await inSystemTransaction(services, async ({ em, now }) => {
    const registration = await takeRegistration(em, hashOfToken(token))
    const { email, name, passwordHash } = registration
    if (registration.expiresAt <= now) throw new AppError('auth.token_expired', { detail: 'Register again to get a new link.' })
    judge(registration)
    if ((await em.count(User, { email })) > 0) throw new AppError('auth.token_invalid')
    const userId = await createPerson(em, { email, name, passwordHash, operatorRole: null, now })
    const locale = Locale.parse(registration.locale)
    em.create(UserPreference, { userId, locale, timeZone: 'UTC', theme: 'system', updatedAt: now })
    await enqueueMail(em, services, {
      to: email,
      userId,
      template: 'welcome',
      data: { name },
      locale,
      dedupeKey: `welcome ${userId}`,
    })
    writeAudit(em, {
      tenantId: null,
      action: 'user.email_verified',
      target: userId,
      caller: 'system',
      requestId,
      at: now,
    })
    return { userId, name, email }
  })
  await ensurePersonalTenant(services, person)
  return { email: person.email, verified: true }
}

/** Takes every registration of the token's address away, one caller at a time. */
async function takeRegistration(em: EntityManager, tokenHash: string): Promise<Registration> {
  const named = await em.findOne(Registration, { tokenHash })
  if (!named) throw new AppError('auth.token_invalid')
  await holdAddress(em, named.email)
  const stillThere = await em.count(Registration, { tokenHash })
  if (stillThere === 0) throw new AppError('auth.token_invalid')
  await em.nativeDelete(Registration, { email: named.email })
  em.clear()
  return named
}

/** A person with a proved address, and a password if they chose one, in better-auth's tables. @returns the new id */
export async function createPerson(
  em: EntityManager,
  person: { email: string; name: string; passwordHash?: string; operatorRole: string | null; now: Date },
): Promise<string> {
  const { passwordHash, now, ...fields } = person
  const id = newId('user', now.getTime())
  em.create(User, { id, ...fields, emailVerified: true, status: 'active', createdAt: now, updatedAt: now })
  await em.flush()
  if (passwordHash === undefined) return id
  em.create(Account, {
    id: newId('account', now.getTime()),
    userId: id,
    providerId: 'credential',
    accountId: id,
    password: passwordHash,
    createdAt: now,
    updatedAt: now,
  })
  return id
}
