import { LockMode } from '@mikro-orm/core'
import { User } from '@tollkeeper/db'
import { AppError } from '../../../kernel/app-error.ts'
import type { SystemTransaction } from '../../../kernel/in-transaction.ts'
import { sendResetMail } from './send-reset-mail.ts'

/**
 * For an operator: mails a person the link that sets their password, in the caller's transaction.
 * @returns whether a mail was sent; an address that had six in an hour gets none
 * @throws AppError user.not_found, auth.user_suspended
 */
export async function sendPasswordReset({ em, services }: SystemTransaction, userId: string): Promise<boolean> {
  const user = await em.findOne(User, { id: userId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (!user) throw new AppError('user.not_found')
  if (user.status !== 'active') throw new AppError('auth.user_suspended')
  return sendResetMail(em, services, user)
}
