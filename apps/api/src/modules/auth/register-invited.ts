import { Registration, User, UserPreference } from '@tollkeeper/db'
import type { RegisteredInvited, RegisterInvitedInput } from '@tollkeeper/shared'
import { AppError } from '../../kernel/app-error.ts'
import type { RequestContext } from '../../kernel/context.ts'
import { inSystem, inSystemTransaction } from '../../kernel/in-transaction.ts'
import { writeAudit } from '../audit/index.ts'
import { enqueueMail, preferredLocale } from '../notification/index.ts'
import { invitationOfLink, takeInvitation } from '../tenant/index.ts'
import { identityOf } from './identity/identity.ts'
import { assertPasswordAllowed } from './password/password-policy.ts'
import { holdAddress } from './registration/hold-address.ts'
import { createPerson } from './verify-email.ts'

/**
 * Makes an account for who was invited, and a member of it, in one transaction. The link came to the address and nowhere else, and
 * the password comes with it in the same request, so who has the mail and who chose the password are one. Whatever else was asked
 * for in the name of the address is dropped, so a password somebody prepared opens nothing.
 * @throws AppError auth.password_refused, auth.overloaded, invitation.account_exists, and as takeInvitation
 */
export async function registerInvited(ctx: RequestContext, input: RegisterInvitedInput): Promise<RegisteredInvited> {
  const { services, requestId } = ctx
  const { token, name, password } = input
  const { email } = await inSystem(services, (em) => invitationOfLink(em, token))
  assertPasswordAllowed(password, { email, name })
  const passwordHash = await identityOf(services).passwords.hash(password)
  const locale = preferredLocale(ctx.client.acceptLanguage ?? null)
  return inSystemTransaction(services, async ({ em, now }) => {
    await holdAddress(em, email)
    if ((await em.count(User, { email })) > 0) throw new AppError('invitation.account_exists')
    await em.nativeDelete(Registration, { email })
    const userId = await createPerson(em, { email, name, passwordHash, operatorRole: null, now })
    em.create(UserPreference, { userId, locale, timeZone: 'UTC', theme: 'system', newSignInMail: true, updatedAt: now })
    const joined = await takeInvitation(em, services, { token, person: { userId, email }, caller: 'system', requestId, now })
    await enqueueMail(em, services, { to: email, template: 'welcome', data: { name }, locale, dedupeKey: `welcome ${userId}` })
    const details = { by: 'invitation' }
    writeAudit(em, { tenantId: null, action: 'user.email_verified', target: userId, details, caller: 'system', requestId, at: now })
    return { ...joined, email }
  })
}
