import {
  Done,
  InvitationIdInput,
  InvitationOffer,
  InvitationPage,
  InvitationTokenInput,
  InvitationView,
  InviteInput,
  JoinedTenant,
  ListInvitationsInput,
} from '@tollkeeper/shared'
import { router } from '../../../trpc/init.ts'
import { publicProcedure, tenantProcedure, userProcedure } from '../../../trpc/procedures.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { declineInvitation } from './decline-invitation.ts'
import { describeInvitation } from './describe-invitation.ts'
import { invite } from './invite.ts'
import { listInvitations } from './list-invitations.ts'
import { resendInvitation } from './resend-invitation.ts'
import { revokeInvitation } from './revoke-invitation.ts'

const manage = { permission: 'member:write', scope: null } as const

export const invitationRouter = router({
  create: tenantProcedure({
    ...manage,
    audit: 'invitation.created',
    idempotent: 'key',
    stepUp: false,
    limit: 'mail',
    rest: { method: 'POST', path: '/tenants/{tenantId}/invitations', summary: 'Invite somebody by their address', status: 201 },
  })
    .input(InviteInput)
    .output(InvitationView)
    .mutation(({ ctx, input }) => invite(ctx, input)),

  list: tenantProcedure({
    ...manage,
    audit: null,
    idempotent: 'read',
    limit: 'read',
    rest: { method: 'GET', path: '/tenants/{tenantId}/invitations', summary: 'Who was invited, and what came of it' },
  })
    .input(ListInvitationsInput)
    .output(InvitationPage)
    .query(({ ctx, input }) => listInvitations(ctx, input)),

  resend: tenantProcedure({
    ...manage,
    audit: 'invitation.resent',
    idempotent: 'key',
    stepUp: false,
    limit: 'mail',
    rest: {
      method: 'POST',
      path: '/tenants/{tenantId}/invitations/{id}/resend',
      summary: 'Mail an invitation again, with a new link',
    },
  })
    .input(InvitationIdInput)
    .output(InvitationView)
    .mutation(({ ctx, input }) => resendInvitation(ctx, input)),

  revoke: tenantProcedure({
    ...manage,
    audit: 'invitation.revoked',
    idempotent: 'natural',
    stepUp: false,
    limit: 'write',
    rest: { method: 'DELETE', path: '/tenants/{tenantId}/invitations/{id}', summary: 'Revoke an open invitation' },
  })
    .input(InvitationIdInput)
    .output(InvitationView)
    .mutation(({ ctx, input }) => revokeInvitation(ctx, input)),

  describe: publicProcedure({
    audit: null,
    idempotent: 'read',
    limit: 'sign_in',
    rest: { method: 'GET', path: '/invitations', summary: 'What the invitation of a mailed link offers' },
  })
    .input(InvitationTokenInput)
    .output(InvitationOffer)
    .query(({ ctx, input }) => describeInvitation(ctx, input)),

  accept: userProcedure({
    audit: 'member.joined',
    idempotent: 'natural',
    stepUp: false,
    limit: 'sign_in',
    rest: { method: 'POST', path: '/invitations/accept', summary: 'Join the tenant that invited your address' },
  })
    .input(InvitationTokenInput)
    .output(JoinedTenant)
    .mutation(({ ctx, input }) => acceptInvitation(ctx, input)),

  decline: publicProcedure({
    audit: 'invitation.declined',
    idempotent: 'natural',
    limit: 'sign_in',
    rest: { method: 'POST', path: '/invitations/decline', summary: 'Decline the invitation of a mailed link' },
  })
    .input(InvitationTokenInput)
    .output(Done)
    .mutation(({ ctx, input }) => declineInvitation(ctx, input)),
})
