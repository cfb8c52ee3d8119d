import { Invitation, User } from '@tollkeeper/db'
import type { InvitationView, ListInvitationsInput } from '@tollkeeper/shared'
import type { TenantContext } from '../../../kernel/context.ts'
import { inTenant } from '../../../kernel/in-transaction.ts'
import { toInvitationView } from './view.ts'

/** The invitations of the tenant, newest first. */
export async function listInvitations(
  ctx: TenantContext,
  { status, limit, cursor }: ListInvitationsInput,
): Promise<{ rows: InvitationView[]; nextCursor: string | null }> {
  const now = ctx.services.clock.now()
  return inTenant(ctx, async (em) => {
    const found = await em.find(
      Invitation,
      { tenantId: ctx.tenantId, ...standing(status, now), ...(cursor ? { id: { $lt: cursor } } : {}) },
      { orderBy: { id: 'desc' }, limit: limit + 1 },
    )
    const invitations = found.slice(0, limit)
    const inviters = await em.find(User, { id: { $in: invitations.map(({ invitedBy }) => invitedBy) } }, { fields: ['id', 'name'] })
    const names = new Map(inviters.map(({ id, name }) => [id, name]))
    return {
      rows: invitations.map((invitation) => toInvitationView(invitation, names.get(invitation.invitedBy) ?? null, now)),
      nextCursor: found.length > limit ? invitations.at(-1)!.id : null,
    }
  })
}

function standing(status: ListInvitationsInput['status'], now: Date) {
  if (status === undefined) return {}
  if (status === 'pending') return { status, expiresAt: { $gt: now } }
  if (status === 'expired') return { $or: [{ status }, { status: 'pending', expiresAt: { $lte: now } }] }
  return { status }
}
