import type { EntityManager } from '@mikro-orm/postgresql'
import { Invitation } from '@tollkeeper/db'
import { AppError } from '../../../kernel/app-error.ts'
import type { Services } from '../../../kernel/services.ts'
import { hasHadEnoughMail } from '../../notification/index.ts'

const HOUR_MS = 3_600_000
/** Invitations of one tenant that were mailed within a day. */
const MOST_A_DAY = 200

/**
 * Keeps invitations from being used to fill mailboxes: one tenant sends so many a day, and one address gets so many an hour from
 * all tenants together. The caller holds `oneMemberChangeAtATime`.
 * @throws AppError invitation.too_many
 */
export async function assertMayMail(
  em: EntityManager,
  services: Services,
  { tenantId, email, now }: { tenantId: string; email: string; now: Date },
): Promise<void> {
  const since = new Date(now.getTime() - 24 * HOUR_MS)
  if ((await em.count(Invitation, { tenantId, sentAt: { $gt: since } })) >= MOST_A_DAY) {
    const detail = `A tenant sends at most ${MOST_A_DAY} invitations a day.`
    throw new AppError('invitation.too_many', { detail, retryAfterSeconds: 3600 })
  }
  if (await hasHadEnoughMail(em, services, email, ['invitation'])) {
    throw new AppError('invitation.too_many', { detail: 'This address has had enough of them for now.', retryAfterSeconds: 3600 })
  }
}
