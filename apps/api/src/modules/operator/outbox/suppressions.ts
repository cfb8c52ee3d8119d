import { MailSuppression } from '@tollkeeper/db'
import type { Suppression } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystem, inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'

/** The addresses that take no mail, in alphabetical order. */
export async function listSuppressions(
  { services }: UserContext,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ rows: Suppression[]; nextCursor: string | null }> {
  const where = cursor === undefined ? {} : { address: { $gt: cursor } }
  const rows = await inSystem(services, (em) => em.find(MailSuppression, where, { orderBy: { address: 'asc' }, limit: limit + 1 }))
  return {
    rows: rows.slice(0, limit).map(({ address, reason, createdAt }) => ({ address, reason, since: createdAt.toISOString() })),
    nextCursor: rows.length > limit ? rows[limit - 1]!.address : null,
  }
}

/** Lets mail go to an address again. @throws AppError mail.not_found */
export async function removeSuppression({ services, caller, requestId }: UserContext, address: string): Promise<{ done: true }> {
  await inSystemTransaction(services, async ({ em, now }) => {
    const removed = await em.nativeDelete(MailSuppression, { address: address.toLowerCase() })
    if (removed === 0) throw new AppError('mail.not_found')
    writeAudit(em, { tenantId: null, action: 'mail.suppression_removed', caller, requestId, at: now })
  })
  return { done: true }
}
