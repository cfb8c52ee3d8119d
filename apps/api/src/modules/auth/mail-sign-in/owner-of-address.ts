import { MailSignIn, Registration, User, UserPreference } from '@tollkeeper/db'
import { Locale } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { RequestContext } from '../../../kernel/context.ts'
import type { SystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'
import { lockPersonOf } from '../account/lock-person.ts'
import { startOver } from '../account/start-over.ts'
import type { Proof } from '../enter/proof.ts'
import { holdAddress } from '../registration/hold-address.ts'
import { createPerson } from '../verify-email.ts'

/**
 * The person who has an address, now that somebody has proved it by the mail to it. That mail and every other one of the address is
 * used up. What strangers prepared before that proof is dropped: the passwords of registrations, and whatever was tied to an account
 * nobody had proved. Without an account one comes into being.
 * @returns null when the mail was used up before
 * @throws AppError auth.user_suspended
 */
export async function ownerOfAddress(
  ctx: RequestContext,
  tx: SystemTransaction,
  { id, email, locale }: MailSignIn,
): Promise<Pick<Proof, 'userId' | 'stillHolds'> | null> {
  const { em } = tx
  await holdAddress(em, email)
  const known = await lockPersonOf(em, email)
  if ((await em.count(MailSignIn, { id })) === 0) return null
  await em.nativeDelete(MailSignIn, { email })
  await em.nativeDelete(Registration, { email })
  const userId = known ? await provedNow(ctx, tx, known) : await comeIntoBeing(ctx, tx, email, Locale.parse(locale))
  return {
    userId,
    stillHolds: async (later) => {
      if ((await later.count(User, { id: userId, email })) === 0) throw new AppError('auth.link_invalid')
    },
  }
}

async function provedNow({ requestId }: RequestContext, { em, now }: SystemTransaction, user: User): Promise<string> {
  if (user.emailVerified) return user.id
  await startOver(em, user, now)
  const action = 'user.email_verified'
  writeAudit(em, { tenantId: null, action, target: user.id, caller: 'system', requestId, at: now })
  return user.id
}

/** Nobody has told their name yet: it is the first half of the address until they do. */
async function comeIntoBeing(
  { requestId }: RequestContext,
  { em, now }: SystemTransaction,
  email: string,
  locale: Locale,
): Promise<string> {
  const userId = await createPerson(em, { email, name: email.slice(0, email.indexOf('@')).slice(0, 120), operatorRole: null, now })
  em.create(UserPreference, { userId, locale, timeZone: 'UTC', theme: 'system', newSignInMail: true, updatedAt: now })
  const details = { outcome: 'came_by_mail' }
  writeAudit(em, { tenantId: null, action: 'user.registered', target: userId, details, caller: 'system', requestId, at: now })
  return userId
}
