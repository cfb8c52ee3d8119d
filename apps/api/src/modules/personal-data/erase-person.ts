import { LockMode } from '@mikro-orm/core'
import { ApiKey, User } from '@tollkeeper/db'
import { announceChange } from '../../kernel/change-feed.ts'
import { inSystem, inSystemTransaction, type SystemTransaction } from '../../kernel/in-transaction.ts'
import type { Services } from '../../kernel/services.ts'
import { writeAudit } from '../audit/index.ts'
import { endImpersonationsBy } from '../auth/index.ts'
import { revokeInvitationsBy } from '../tenant/index.ts'
import { forgetLateEvents } from './forget-late-events.ts'
import { places } from './places/index.ts'
import { readSubject } from './read-subject.ts'
import { runOnSubject } from './run-on-subject.ts'
import { tenantsLeftAlone } from './shared-tenants.ts'

/** Erases the people whose day has come. One who cannot be erased is named in the log, and tried again; the others go on. */
export async function eraseDue(services: Services): Promise<void> {
  const due = await inSystem(services, (em) =>
    em.find(User, { deleteAfter: { $lte: services.clock.now() }, erasedAt: null }, { fields: ['id'], orderBy: { id: 'asc' } }),
  )
  for (const { id } of due) {
    await erasePerson(services, id).catch((error: unknown) =>
      services.logger.error({ err: error, userId: id }, 'a person who asked to be deleted could not be erased'),
    )
  }
  await forgetLateEvents(services)
}

/**
 * Leaves of a person an id and nothing else: their tombstone. The payment provider forgets them first, which cannot be undone and
 * may be asked twice; the rest is one transaction.
 */
async function erasePerson(services: Services, userId: string): Promise<void> {
  const { customerId } = await inSystem(services, (em) => readSubject(em, services, userId))
  if (customerId) await services.payments.forgetCustomer(customerId)
  await inSystemTransaction(services, async (tx) => {
    const { em, now } = tx
    const user = await em.findOne(User, { id: userId }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true })
    if (!user?.deleteAfter || user.deleteAfter > now) return
    const alone = await tenantsLeftAlone(em, userId)
    if (alone.length > 0)
      throw new Error(`They are the last owner of ${alone.length} shared tenants: somebody has to take those over.`)
    await revokeInvitationsBy(em, { userId, caller: 'system', requestId: null, now })
    await eraseEverywhere(tx, userId)
    writeAudit(em, { tenantId: null, action: 'user.erased', target: userId, caller: 'system', requestId: null, at: now })
  })
}

async function eraseEverywhere({ em, services, now }: SystemTransaction, userId: string): Promise<void> {
  const subject = await readSubject(em, services, userId)
  await endImpersonationsBy(em, userId)
  if (subject.tenantId) {
    const keys = await em.find(ApiKey, { tenantId: subject.tenantId, revokedAt: null }, { fields: ['id'] })
    for (const { id } of keys) announceChange(em, 'api_key', id)
    announceChange(em, 'tenant', subject.tenantId)
  }
  announceChange(em, 'member', userId)
  announceChange(em, 'user', userId)
  await em.flush()
  for (const { erase } of Object.values(places)) if (erase) await runOnSubject(em, erase, subject, now)
  em.clear()
}
