import type { EntityManager } from '@mikro-orm/postgresql'
import { Account, Registration, User } from '@tollkeeper/db'
import { AppError } from '../../kernel/app-error.ts'
import type { RequestContext } from '../../kernel/context.ts'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import { newId } from '../../kernel/new-id.ts'
import { writeAudit } from '../audit/index.ts'
import { enqueueMail } from '../notification/index.ts'
import { ensurePersonalTenant } from '../tenant/index.ts'
import { hashOfToken } from './token/refresh-token.ts'

/**
 * Proves an address with the token from its mail: the person comes into being, with the password that was given in that very
 * registration. Every other registration of the address is dropped, so a password somebody else prepared opens nothing.
 * @throws AppError auth.token_invalid (also when used before), auth.token_expired
 */
export async function verifyEmail(ctx: RequestContext, { token }: { token: string }): Promise<{ email: string; verified: true }> {
  const { services } = ctx
  const person = await inSystemTransaction(services, async ({ em, now }) => {
    const registration = await takeRegistration(em, hashOfToken(token))
    const { email, name, passwordHash } = registration
    if (registration.expiresAt <= now) throw new AppError('auth.token_expired', { detail: 'Register again to get a new link.' })
    if ((await em.count(User, { email })) > 0) throw new AppError('auth.token_invalid')
    const userId = await createPerson(em, { email, name, passwordHash, operatorRole: null, now })
    await enqueueMail(em, services, { to: email, template: 'welcome', data: { name }, dedupeKey: `welcome ${userId}` })
    writeAudit(em, {
      tenantId: null,
      action: 'user.email_verified',
      target: userId,
      caller: 'system',
      requestId: ctx.requestId,
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
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`registration of ${named.email}`])
  const stillThere = await em.count(Registration, { tokenHash })
  if (stillThere === 0) throw new AppError('auth.token_invalid')
  await em.nativeDelete(Registration, { email: named.email })
  em.clear()
  return named
}

/** A person with a proved address and a password, in better-auth's tables. @returns the new id */
export async function createPerson(
  em: EntityManager,
  person: { email: string; name: string; passwordHash: string; operatorRole: string | null; now: Date },
): Promise<string> {
  const { passwordHash, now, ...fields } = person
  const id = newId('user', now.getTime())
  em.create(User, { id, ...fields, emailVerified: true, status: 'active', createdAt: now, updatedAt: now })
  await em.flush()
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
