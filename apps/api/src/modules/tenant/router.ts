import { CreateTenantInput, TenantIdInput, TenantView } from '@tollkeeper/shared'
import { z } from 'zod'
import { router } from '../../trpc/init.ts'
import { tenantProcedure, userProcedure } from '../../trpc/procedures.ts'
import { createTenant } from './create-tenant.ts'
import { invitationRouter } from './invitation/router.ts'
import { listTenants } from './list-tenants.ts'
import { memberRouter } from './member/router.ts'
import { readTenant } from './read-tenant.ts'
import { securityRouter } from './security/router.ts'

export const tenantRouter = router({
  list: userProcedure({
    audit: null,
    idempotent: 'read',
    limit: 'read',
    rest: { method: 'GET', path: '/tenants', summary: 'The tenants you belong to' },
  })
    .output(z.strictObject({ tenants: z.array(TenantView) }))
    .query(({ ctx }) => listTenants(ctx)),

  create: userProcedure({
    audit: 'tenant.created',
    idempotent: 'key',
    limit: 'write',
    stepUp: false,
    rest: { method: 'POST', path: '/tenants', summary: 'Create a tenant and own it', status: 201 },
  })
    .input(CreateTenantInput)
    .output(TenantView)
    .mutation(({ ctx, input }) => createTenant(ctx, input)),

  get: tenantProcedure({
    permission: 'tenant:read',
    scope: null,
    audit: null,
    idempotent: 'read',
    limit: 'read',
    rest: { method: 'GET', path: '/tenants/{id}', summary: 'One tenant' },
  })
    .input(TenantIdInput)
    .output(TenantView)
    .query(({ ctx, input }) => readTenant(ctx, input.id)),

  member: memberRouter,
  invitation: invitationRouter,
  security: securityRouter,
})
