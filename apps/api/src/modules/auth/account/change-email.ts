import type { EntityManager } from '@mikro-orm/postgresql'
import { User } from '@tollkeeper/db'
import type { ChangeEmailInput, CheckYourMail } from '@tollkeeper/shared'
import { AppError, invalidInput } from '../../../kernel/app-error.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystemTransaction, type SystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'
import { enqueueMail, type Reader, readerOf } from '../../notification/index.ts'
import { dropMailTokens, issueMailToken } from '../mail-token/mail-token.ts'
import { canonicalEmail } from '../registration/email-address.ts'
import { hasHadEnoughMail } from '../registration/send-proof.ts'
import { confirmPassword } from '../session/confirm-password.ts'
import { lockPerson } from './lock-person.ts'
import { passwordOf } from './password-of.ts'

const PROOF_HOURS = 24

/**
 * Asks for another address. It takes effect when the new one is proved; the old one is told at once, with a link that stops it. The
 * answer does not tell whether the new address is taken.
 * @throws AppError as confirmPassword, input.invalid for the address the person has
 */
export async function changeEmail(ctx: UserContext, input: ChangeEmailInput): Promise<CheckYourMail> {
  const newEmail = canonicalEmail(input.email)
  const { user: person, passwordHash: proved } = await confirmPassword(ctx, input.password, 'password')
  if (newEmail === person.email) throw invalidInput('email', 'is the address you have')
  await inSystemTransaction(ctx.services, async (tx) => {
    const user = await lockPerson(tx.em, person.id)
    if ((await passwordOf(tx.em, user.id)) !== proved) throw new AppError('auth.password_wrong')
    await dropMailTokens(tx.em, user.id, 'change_email', 'cancel_email_change')
    const reader = await readerOf(tx.em, user.id)
    await askNewAddress(tx, ctx, user, newEmail, reader)
    await tellOldAddress(tx, user, newEmail, reader)
    writeAudit(tx.em, {
      tenantId: null,
      action: 'user.email_change_asked',
      target: user.id,
      caller: ctx.caller,
      requestId: ctx.requestId,
      at: tx.now,
    })
  })
  return { status: 'check_your_mail' }
}

async function askNewAddress(
  { em, services, now }: SystemTransaction,
  { caller }: UserContext,
  user: User,
  newEmail: string,
  { locale }: Reader,
): Promise<void> {
  const token = issueMailToken(em, {
    userId: user.id,
    purpose: 'change_email',
    subject: newEmail,
    sessionId: caller.sessionId,
    now,
    lifetimeMs: PROOF_HOURS * 3_600_000,
  })
  if (await hasHadEnoughMail(em, services, newEmail, ['confirm-new-email', 'already-registered'])) return
  if (await isTaken(em, newEmail)) {
    await enqueueMail(em, services, { to: newEmail, userId: user.id, template: 'already-registered', data: {}, locale })
    return
  }
  await enqueueMail(em, services, {
    to: newEmail,
    userId: user.id,
    template: 'confirm-new-email',
    data: { token, hours: PROOF_HOURS },
    locale,
  })
}

async function tellOldAddress(
  { em, services, now }: SystemTransaction,
  user: User,
  newEmail: string,
  { locale }: Reader,
): Promise<void> {
  const token = issueMailToken(em, {
    userId: user.id,
    purpose: 'cancel_email_change',
    now,
    lifetimeMs: PROOF_HOURS * 3_600_000,
  })
  await enqueueMail(em, services, {
    to: user.email,
    userId: user.id,
    template: 'email-change-asked',
    data: { name: user.name, newEmail, token },
    locale,
  })
}

async function isTaken(em: EntityManager, email: string): Promise<boolean> {
  return (await em.count(User, { email })) > 0
}
