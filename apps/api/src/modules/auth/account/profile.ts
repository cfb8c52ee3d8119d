import { MailToken, User, UserPreference } from '@tollkeeper/db'
import type { AccountView, Me } from '@tollkeeper/shared'
import { announceChange } from '../../../kernel/change-feed.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystem, inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'
import { readPerson } from '../view.ts'
import { passwordOf } from './password-of.ts'
import { toPreferences } from './preferences.ts'

/** What the caller's own account page shows beside who they are. */
export function readAccount({ services, caller }: UserContext): Promise<AccountView> {
  const { userId } = caller
  return inSystem(services, async (em) => {
    const pending = await em.findOne(MailToken, {
      userId,
      purpose: 'change_email',
      expiresAt: { $gt: services.clock.now() },
    })
    return {
      hasPassword: (await passwordOf(em, userId)) !== null,
      pendingEmail: pending?.subject ?? null,
      preferences: toPreferences(await em.findOne(UserPreference, { userId })),
    }
  })
}

/** Changes what the caller is called. */
export async function changeProfile({ services, caller, requestId }: UserContext, { name }: { name: string }): Promise<Me> {
  const { userId } = caller
  await inSystemTransaction(services, async ({ em, now }) => {
    await em.nativeUpdate(User, { id: userId }, { name, updatedAt: now })
    announceChange(em, 'user', userId)
    writeAudit(em, { tenantId: null, action: 'user.profile_changed', target: userId, caller, requestId, at: now })
  })
  return readPerson(services, userId)
}
