import { Done, GrantList, SetCapInput, SetSpendCapInput, UsageCaps } from '@tollkeeper/shared'
import { router } from '../../../trpc/init.ts'
import { tenantProcedure } from '../../../trpc/procedures.ts'
import { listGrants } from '../grant/list-grants.ts'
import { listCaps } from './list-caps.ts'
import { setCap } from './set-cap.ts'
import { setSpendCap } from './set-spend-cap.ts'

const read = { permission: 'usage:read', scope: 'usage:read', audit: null, idempotent: 'read', limit: 'read' } as const

/** What a tenant decides of its own units: who may use how much of them, and what may be spent past them. */
export const capRouter = router({
  list: tenantProcedure({ ...read, rest: { method: 'GET', path: '/usage/caps', summary: 'What members and keys may use of it' } })
    .output(UsageCaps)
    .query(({ ctx }) => listCaps(ctx)),

  set: tenantProcedure({
    permission: 'quota:write',
    scope: null,
    audit: 'quota.cap_set',
    idempotent: 'natural',
    stepUp: false,
    limit: 'write',
    rest: { method: 'PUT', path: '/usage/caps', summary: 'Cap what a member or key, or each of them, may use' },
  })
    .input(SetCapInput)
    .output(Done)
    .mutation(({ ctx, input }) => setCap(ctx, input)),

  setSpend: tenantProcedure({
    permission: 'billing:write',
    scope: null,
    audit: 'quota.spend_cap_set',
    idempotent: 'natural',
    stepUp: false,
    limit: 'write',
    rest: { method: 'PUT', path: '/usage/spend-cap', summary: 'Cap what is paid for use past the limit' },
  })
    .input(SetSpendCapInput)
    .output(Done)
    .mutation(({ ctx, input }) => setSpendCap(ctx, input)),

  grants: tenantProcedure({ ...read, rest: { method: 'GET', path: '/usage/grants', summary: 'What there is beside the plan' } })
    .output(GrantList)
    .query(({ ctx }) => listGrants(ctx.services, ctx.tenantId)),
})
