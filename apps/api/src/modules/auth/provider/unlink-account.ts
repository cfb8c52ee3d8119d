import { Account } from '@tollkeeper/db'
import type { ProviderName } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'
import { assertAnotherWayIn } from '../account/another-way-in.ts'
import { lockPerson } from '../account/lock-person.ts'
import { tellWayInChanged } from '../account/tell-way-in-changed.ts'

/**
 * Unties what the caller has at a provider from their account. The last way in stays.
 * @throws AppError auth.provider_not_tied, auth.last_way_in
 */
export async function unlinkAccount(ctx: UserContext, { provider }: { provider: ProviderName }): Promise<{ done: true }> {
  const { services, caller, requestId } = ctx
  await inSystemTransaction(services, async ({ em, now }) => {
    const user = await lockPerson(em, caller.userId)
    if ((await em.count(Account, { userId: user.id, providerId: provider })) === 0) throw new AppError('auth.provider_not_tied')
    await assertAnotherWayIn(em, services, user.id, { provider })
    await em.nativeDelete(Account, { userId: user.id, providerId: provider })
    await tellWayInChanged(em, services, user, { change: 'removed', way: provider })
    const details = { provider }
    writeAudit(em, { tenantId: null, action: 'user.provider_unlinked', target: user.id, details, caller, requestId, at: now })
  })
  return { done: true }
}
