import type { EntityManager } from '@mikro-orm/postgresql'
import { Invitation } from '@tollkeeper/db'
import { TenantRole, tenantRoles } from '@tollkeeper/shared'
import { covers } from '../member/policy.ts'

interface Inviter {
  tenantId: string
  userId: string
  /** What they are from now on; null: no member. */
  role: TenantRole | null
  now: Date
}

/**
 * Ends the open invitations of somebody who could no longer make them: nobody joins on the word of who has been removed, or as more
 * than the inviter is now. @returns how many there were
 */
export async function endInvitationsOf(em: EntityManager, { tenantId, userId, role, now }: Inviter): Promise<number> {
  const kept = role === null ? [] : TenantRole.options.filter((offered) => mayOffer(role, offered))
  return em.nativeUpdate(
    Invitation,
    { tenantId, invitedBy: userId, status: 'pending', role: { $nin: kept } },
    { status: 'revoked', endedAt: now },
  )
}

/** Whether somebody of this role may ask others to join as that. */
export function mayOffer(role: TenantRole, offered: TenantRole): boolean {
  const held: readonly string[] = tenantRoles[role]
  return held.includes('member:write') && covers(role, offered)
}
