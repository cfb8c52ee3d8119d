import {
  Done,
  MemberIdInput,
  MemberPage,
  MemberSearchInput,
  MemberView,
  RemovedMember,
  RemoveMemberInput,
  SetMemberRoleInput,
} from '@tollkeeper/shared'
import { router } from '../../../trpc/init.ts'
import { tenantProcedure } from '../../../trpc/procedures.ts'
import { leaveTenant } from './leave-tenant.ts'
import { listMembers } from './list-members.ts'
import { removeMember } from './remove-member.ts'
import { setMemberRole } from './set-member-role.ts'
import { transferOwnership } from './transfer-ownership.ts'

const manage = { permission: 'member:write', scope: null, limit: 'write' } as const

export const memberRouter = router({
  list: tenantProcedure({
    permission: 'member:read',
    scope: null,
    audit: null,
    idempotent: 'read',
    limit: 'read',
    rest: { method: 'GET', path: '/tenants/{tenantId}/members', summary: 'Who is in the tenant' },
  })
    .input(MemberSearchInput)
    .output(MemberPage)
    .query(({ ctx, input }) => listMembers(ctx, input)),

  setRole: tenantProcedure({
    ...manage,
    audit: 'member.role_set',
    idempotent: 'natural',
    stepUp: true,
    rest: { method: 'PUT', path: '/tenants/{tenantId}/members/{id}/role', summary: 'Give a member another role' },
  })
    .input(SetMemberRoleInput)
    .output(MemberView)
    .mutation(({ ctx, input }) => setMemberRole(ctx, input)),

  remove: tenantProcedure({
    ...manage,
    audit: 'member.removed',
    idempotent: 'key',
    stepUp: false,
    rest: {
      method: 'DELETE',
      path: '/tenants/{tenantId}/members/{id}',
      summary: 'Remove a member: refused everywhere within a second',
    },
  })
    .input(RemoveMemberInput)
    .output(RemovedMember)
    .mutation(({ ctx, input }) => removeMember(ctx, input)),

  leave: tenantProcedure({
    permission: 'tenant:read',
    scope: null,
    limit: 'write',
    audit: 'member.left',
    idempotent: 'key',
    stepUp: false,
    rest: { method: 'POST', path: '/tenants/{tenantId}/leave', summary: 'Leave the tenant' },
  })
    .output(RemovedMember)
    .mutation(({ ctx }) => leaveTenant(ctx)),

  transferOwnership: tenantProcedure({
    ...manage,
    permission: 'tenant:own',
    audit: 'tenant.transferred',
    idempotent: 'key',
    stepUp: true,
    rest: {
      method: 'POST',
      path: '/tenants/{tenantId}/members/{id}/owner',
      summary: 'Make a member the owner in your place; you stay as an admin',
    },
  })
    .input(MemberIdInput)
    .output(Done)
    .mutation(({ ctx, input }) => transferOwnership(ctx, input)),
})
