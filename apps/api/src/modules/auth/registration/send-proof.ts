import { randomBytes } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/postgresql'
import { Registration } from '@tollkeeper/db'
import { Locale } from '@tollkeeper/shared'
import { newId } from '../../../kernel/new-id.ts'
import type { Services } from '../../../kernel/services.ts'
import { enqueueMail, hasHadEnoughMail as hasHadEnough, type TemplateName } from '../../notification/index.ts'
import { hashOfToken } from '../token/refresh-token.ts'

const PROOF_HOURS = 24

/** Keeps what was asked for, and sends the mail that can prove the address. The token is in that mail and nowhere else. */
export async function sendProof(
  em: EntityManager,
  services: Services,
  wish: Pick<Registration, 'email' | 'name' | 'passwordHash' | 'addressBucket' | 'locale'>,
): Promise<void> {
  const { email, name, passwordHash, addressBucket, locale } = wish
  const now = services.clock.now()
  const token = randomBytes(32).toString('base64url')
  em.create(Registration, {
    id: newId('registration', now.getTime()),
    email,
    name,
    passwordHash,
    tokenHash: hashOfToken(token),
    addressBucket,
    locale,
    createdAt: now,
    expiresAt: new Date(now.getTime() + PROOF_HOURS * 3_600_000),
  })
  await enqueueMail(em, services, {
    to: email,
    template: 'verify-email',
    data: { token, hours: PROOF_HOURS },
    locale: Locale.parse(locale),
  })
}

/** Whether an address has had its share of the mails that asking for an account causes. */
export function hasHadEnoughMail(
  em: EntityManager,
  services: Services,
  email: string,
  templates: TemplateName[] = ['verify-email', 'already-registered'],
): Promise<boolean> {
  return hasHadEnough(em, services, email, templates)
}

/** The newest registration of an address that can still be proved. */
export function openRegistration(em: EntityManager, { clock }: Services, email: string): Promise<Registration | null> {
  return em.findOne(Registration, { email, expiresAt: { $gt: clock.now() } }, { orderBy: { createdAt: 'desc', id: 'desc' } })
}
