import type { EntityManager } from '@mikro-orm/postgresql'
import type { Member } from '@tollkeeper/db'
import type { RemovedMember, RemoveMemberInput } from '@tollkeeper/shared'
import type { Caller } from '../../../kernel/caller.ts'
import { announceChange } from '../../../kernel/change-feed.ts'
import { countLiveKeysOf, revokeKeysOf } from '../../api-key/index.ts'
import { endInvitationsOf } from '../invitation/end-invitations-of.ts'
import { assertOwnerMayGo } from './policy.ts'

/** Who asks for it, and what becomes of the API keys. */
interface Ending {
  keys: RemoveMemberInput['keys']
  caller: Caller | 'system'
  requestId: string | null
  now: Date
}

/**
 * Ends a membership with what hangs on it: the seat is free, the person is refused on every node within a second, their open
 * invitations end. The keys they issued belong to the tenant and go on, unless it is said that they go too. The caller holds
 * `oneMemberChangeAtATime`.
 * @throws AppError tenant.last_owner, tenant.personal
 */
export async function endMembership(em: EntityManager, member: Member, ending: Ending): Promise<RemovedMember> {
  const { keys, now } = ending
  const issuer = { ...ending, tenantId: member.tenantId, userId: member.userId }
  await assertOwnerMayGo(em, member)
  const invitationsRevoked = await endInvitationsOf(em, { ...issuer, role: null, now })
  const keysRevoked = keys === 'revoke' ? await revokeKeysOf(em, issuer) : 0
  const keysKept = keys === 'keep' ? await countLiveKeysOf(em, issuer) : 0
  em.remove(member)
  announceChange(em, 'member', member.userId)
  await em.flush()
  return { keysKept, keysRevoked, invitationsRevoked }
}
