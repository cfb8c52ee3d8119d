import {
  MembersWithoutSecondFactor,
  SetTenantSecurityInput,
  TenantIdInput,
  TenantPageInput,
  TenantSecurity,
} from '@tollkeeper/shared'
import { router } from '../../../trpc/init.ts'
import { tenantProcedure } from '../../../trpc/procedures.ts'
import { listMembersWithout } from './members-without.ts'
import { readTenantSecurity, setTenantSecurity } from './security.ts'

/** What a tenant asks of its members' sign-ins. */
export const securityRouter = router({
  read: tenantProcedure({
    permission: 'tenant:read',
    scope: null,
    audit: null,
    idempotent: 'read',
    limit: 'read',
    rest: { method: 'GET', path: '/tenants/{id}/security', summary: "What the tenant asks of its members' sign-ins" },
  })
    .input(TenantIdInput)
    .output(TenantSecurity)
    .query(({ ctx, input }) => readTenantSecurity(ctx, input)),

  set: tenantProcedure({
    permission: 'tenant:write',
    scope: null,
    audit: 'tenant.security_changed',
    idempotent: 'natural',
    limit: 'write',
    stepUp: true,
    rest: { method: 'PUT', path: '/tenants/{id}/security', summary: 'Ask every member for a second factor, or no longer' },
  })
    .input(SetTenantSecurityInput)
    .output(TenantSecurity)
    .mutation(({ ctx, input }) => setTenantSecurity(ctx, input)),

  membersWithout: tenantProcedure({
    permission: 'tenant:write',
    scope: null,
    audit: null,
    idempotent: 'read',
    limit: 'read',
    rest: {
      method: 'GET',
      path: '/tenants/{id}/security/members-without',
      summary: 'Members who have no second factor yet, and cannot act here once it is asked for',
    },
  })
    .input(TenantPageInput)
    .output(MembersWithoutSecondFactor)
    .query(({ ctx, input }) => listMembersWithout(ctx, input)),
})
