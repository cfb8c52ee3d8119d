import { announceChange } from '../../kernel/change-feed.ts'
import type { UserContext } from '../../kernel/context.ts'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import { writeAudit } from '../audit/index.ts'
import { lockPerson } from '../auth/index.ts'
import { enqueueMail, readerOf, writeInstant } from '../notification/index.ts'

/** Keeps the caller's account after all. Nothing was scheduled: nothing changes. */
export async function cancelDeletion({ services, caller, requestId }: UserContext): Promise<{ done: true }> {
  await inSystemTransaction(services, async ({ em, now }) => {
    const user = await lockPerson(em, caller.userId)
    if (!user.deleteAfter) return
    user.deleteAfter = null
    announceChange(em, 'user', user.id)
    const reader = await readerOf(em, user.id)
    await enqueueMail(em, services, {
      to: user.email,
      userId: user.id,
      template: 'deletion-cancelled',
      data: { name: user.name, at: writeInstant(reader, now) },
      locale: reader.locale,
    })
    writeAudit(em, { tenantId: null, action: 'user.deletion_cancelled', target: user.id, caller, requestId, at: now })
  })
  return { done: true }
}
