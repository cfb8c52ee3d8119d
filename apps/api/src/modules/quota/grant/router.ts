import {
  CorrectUsageInput,
  Done,
  GrantInput,
  GrantList,
  GrantsInput,
  GrantView,
  OverrideLimitInput,
  OverrideList,
  OverridesInput,
  RemoveOverrideInput,
  TenantCapsInput,
  UsageCaps,
  UsageCorrection,
  VoidGrantInput,
} from '@tollkeeper/shared'
import { router } from '../../../trpc/init.ts'
import { operatorProcedure } from '../../../trpc/procedures.ts'
import { listCaps } from '../cap/list-caps.ts'
import { correctUsage } from './correct-usage.ts'
import { grantUnits } from './grant-units.ts'
import { listGrants } from './list-grants.ts'
import { listOverrides } from './list-overrides.ts'
import { overrideLimit, removeOverride } from './override-limit.ts'
import { voidGrant } from './void-grant.ts'

const read = { permission: 'operator:read', audit: null, idempotent: 'read', limit: 'read' } as const
const give = { permission: 'quota:grant', stepUp: false, limit: 'write' } as const

/** What operators give to tenants beside their plans, and take back. */
export const grantRouter = router({
  grant: operatorProcedure({
    ...give,
    audit: 'quota.granted',
    idempotent: 'key',
    rest: { method: 'POST', path: '/tenants/{tenantId}/grants', summary: 'Give units beside the plan', status: 201 },
  })
    .input(GrantInput)
    .output(GrantView)
    .mutation(({ ctx, input }) => grantUnits(ctx, input)),

  list: operatorProcedure({
    ...read,
    rest: { method: 'GET', path: '/tenants/{tenantId}/grants', summary: 'What a tenant was given beside its plan' },
  })
    .input(GrantsInput)
    .output(GrantList)
    .query(({ ctx, input }) => listGrants(ctx.services, input.tenantId)),

  void: operatorProcedure({
    ...give,
    audit: 'quota.grant_voided',
    idempotent: 'natural',
    rest: { method: 'POST', path: '/tenants/{tenantId}/grants/{id}/void', summary: 'Take back what is left of a grant' },
  })
    .input(VoidGrantInput)
    .output(GrantView)
    .mutation(({ ctx, input }) => voidGrant(ctx, input)),

  overrides: operatorProcedure({
    ...read,
    rest: { method: 'GET', path: '/tenants/{tenantId}/limits', summary: "Limits that hold in place of the plan's" },
  })
    .input(OverridesInput)
    .output(OverrideList)
    .query(({ ctx, input }) => listOverrides(ctx.services, input.tenantId)),

  caps: operatorProcedure({
    ...read,
    rest: {
      method: 'GET',
      path: '/tenants/{tenantId}/caps',
      summary: 'What a tenant lets its members and keys use, and pays at most',
    },
  })
    .input(TenantCapsInput)
    .output(UsageCaps)
    .query(({ ctx: { services }, input: { tenantId } }) => listCaps({ services, tenantId })),

  overrideLimit: operatorProcedure({
    ...give,
    audit: 'quota.limit_overridden',
    idempotent: 'natural',
    rest: { method: 'PUT', path: '/tenants/{tenantId}/limits/{feature}', summary: "Another limit than the plan's, up to an end" },
  })
    .input(OverrideLimitInput)
    .output(Done)
    .mutation(({ ctx, input }) => overrideLimit(ctx, input)),

  removeOverride: operatorProcedure({
    ...give,
    audit: 'quota.override_removed',
    idempotent: 'natural',
    rest: { method: 'DELETE', path: '/tenants/{tenantId}/limits/{feature}', summary: "Let the plan's limit hold again" },
  })
    .input(RemoveOverrideInput)
    .output(Done)
    .mutation(({ ctx, input }) => removeOverride(ctx, input)),

  correctUsage: operatorProcedure({
    ...give,
    audit: 'quota.usage_corrected',
    idempotent: 'natural',
    rest: {
      method: 'POST',
      path: '/tenants/{tenantId}/usage/{eventId}/correct',
      summary: 'Say what a usage event should have said',
    },
  })
    .input(CorrectUsageInput)
    .output(UsageCorrection)
    .mutation(({ ctx, input }) => correctUsage(ctx, input)),
})
