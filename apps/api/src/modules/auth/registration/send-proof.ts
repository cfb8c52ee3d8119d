import { randomBytes } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/postgresql'
import { EmailMessage, Registration } from '@tollkeeper/db'
import { newId } from '../../../kernel/new-id.ts'
import type { Services } from '../../../kernel/services.ts'
import { enqueueMail } from '../../notification/index.ts'
import { hashOfToken } from '../token/refresh-token.ts'

const PROOF_HOURS = 24
/** Mails one address gets in an hour because somebody typed it in: enough for a person who mistypes, too few to bury one. */
const MOST_MAILS = 6

/** Keeps what was asked for, and sends the mail that can prove the address. The token is in that mail and nowhere else. */
export async function sendProof(
  em: EntityManager,
  services: Services,
  { email, name, passwordHash }: { email: string; name: string; passwordHash: string },
): Promise<void> {
  const now = services.clock.now()
  const token = randomBytes(32).toString('base64url')
  em.create(Registration, {
    id: newId('registration', now.getTime()),
    email,
    name,
    passwordHash,
    tokenHash: hashOfToken(token),
    createdAt: now,
    expiresAt: new Date(now.getTime() + PROOF_HOURS * 3_600_000),
  })
  await enqueueMail(em, services, { to: email, template: 'verify-email', data: { token, hours: PROOF_HOURS } })
}

/**
 * Whether an address has had its share of mails that anybody can cause. Who asks goes on alone until the end of the transaction,
 * so that many at once get no more.
 */
export async function hasHadEnoughMail(em: EntityManager, { clock }: Services, email: string): Promise<boolean> {
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`mail to ${email}`])
  const since = new Date(clock.now().getTime() - 3_600_000)
  const template = { $in: ['verify-email', 'already-registered'] }
  return (await em.count(EmailMessage, { to: email, createdAt: { $gt: since }, template })) >= MOST_MAILS
}

/** The newest registration of an address that can still be proved. */
export function openRegistration(em: EntityManager, { clock }: Services, email: string): Promise<Registration | null> {
  return em.findOne(Registration, { email, expiresAt: { $gt: clock.now() } }, { orderBy: { createdAt: 'desc', id: 'desc' } })
}
