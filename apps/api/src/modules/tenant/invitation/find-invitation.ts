import { LockMode } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/postgresql'
import { Invitation } from '@tollkeeper/db'
import { AppError } from '../../../kernel/app-error.ts'
import { hashOfInvitation } from './token.ts'
import { statusOf } from './view.ts'

/** Holds an invitation's row until the end of the transaction. @throws AppError invitation.not_found, the same for one of others */
export async function findInvitation(em: EntityManager, tenantId: string, id: string): Promise<Invitation> {
  const invitation = await em.findOne(Invitation, { tenantId, id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true })
  if (!invitation) throw new AppError('invitation.not_found')
  return invitation
}

/** The invitation a link is of, as it stands, without using it up. @throws AppError invitation.not_found */
export async function invitationOfLink(em: EntityManager, token: string): Promise<Invitation> {
  const invitation = await em.findOne(Invitation, { tokenHash: hashOfInvitation(token) }, { refresh: true })
  if (!invitation) throw new AppError('invitation.not_found')
  return invitation
}

/** @throws AppError invitation.expired, invitation.ended */
export function assertOpen(invitation: Invitation, now: Date): void {
  const status = statusOf(invitation, now)
  if (status === 'expired') throw new AppError('invitation.expired')
  if (status !== 'pending') throw new AppError('invitation.ended', { detail: `It was ${status}.` })
}
