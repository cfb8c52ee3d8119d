import type { EntityManager } from '@mikro-orm/postgresql'
import { Account, type User } from '@tollkeeper/db'
import type { RequestContext } from '../../../kernel/context.ts'
import type { SystemTransaction } from '../../../kernel/in-transaction.ts'
import { newId } from '../../../kernel/new-id.ts'
import { writeAudit } from '../../audit/index.ts'
import { tellWayInChanged } from '../account/tell-way-in-changed.ts'
import type { ProviderIdentity } from './provider-identity.ts'

/** Whose account here it is tied to. */
export async function ownerOf(em: EntityManager, { provider, subject }: ProviderIdentity): Promise<string | null> {
  return (await em.findOne(Account, { providerId: provider, accountId: subject }))?.userId ?? null
}

/** Ties an account at a provider to a person, who is told. Their row is held by the caller. */
export async function tieAccount(
  { caller, requestId }: RequestContext,
  { em, services, now }: SystemTransaction,
  user: User,
  found: ProviderIdentity,
): Promise<void> {
  createAccount(em, user.id, found, now)
  await tellWayInChanged(em, services, user, { change: 'added', way: found.provider })
  const details = { provider: found.provider }
  writeAudit(em, {
    tenantId: null,
    action: 'user.provider_linked',
    target: user.id,
    details,
    caller: caller.kind === 'user' ? caller : 'system',
    requestId,
    at: now,
  })
}

/** What was given by the provider is not kept: it was needed once, to say who this is. */
export function createAccount(em: EntityManager, userId: string, { provider, subject }: ProviderIdentity, now: Date): void {
  const id = newId('account', now.getTime())
  em.create(Account, { id, userId, providerId: provider, accountId: subject, createdAt: now, updatedAt: now })
}
