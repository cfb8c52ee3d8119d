import type { EntityManager } from '@mikro-orm/postgresql'
import type { User } from '@tollkeeper/db'
import type { Services } from '../../../kernel/services.ts'
import { enqueueMail, readerOf } from '../../notification/index.ts'
import { dropMailTokens, issueMailToken } from '../mail-token/mail-token.ts'
import { hasHadEnoughMail } from '../registration/send-proof.ts'
import { passwordOf } from './password-of.ts'

const HOUR_MS = 3_600_000

/**
 * Mails a person the link that sets their password: one hour, once, and no older one works any more. An address that had six in an
 * hour gets none. Their row is held by the caller.
 * @returns whether a mail was sent
 */
export async function sendResetMail(em: EntityManager, services: Services, { id: userId, email }: User): Promise<boolean> {
  if (await hasHadEnoughMail(em, services, email, ['reset-password'])) return false
  await dropMailTokens(em, userId, 'reset_password')
  const token = issueMailToken(em, { userId, purpose: 'reset_password', now: services.clock.now(), lifetimeMs: HOUR_MS })
  const [{ locale }, password] = [await readerOf(em, userId), await passwordOf(em, userId)]
  await enqueueMail(em, services, {
    to: email,
    userId,
    template: 'reset-password',
    data: { token, hasPassword: password !== null },
    locale,
  })
  return true
}
