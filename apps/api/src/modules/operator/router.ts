import {
  idOf,
  OperatorTenantDetail,
  OperatorTenantPage,
  OperatorUser,
  OperatorUserPage,
  Overview,
  RecentDecisions,
  SearchInput,
  TenantIdInput,
} from '@tollkeeper/shared'
import { z } from 'zod'
import { router } from '../../trpc/init.ts'
import { operatorProcedure } from '../../trpc/procedures.ts'
import { readOverview } from './overview.ts'
import { recentDecisions } from './recent-decisions.ts'
import { listTenants, readTenant } from './tenants.ts'
import { listUsers, readUser } from './users.ts'

const read = { permission: 'operator:read', audit: null, idempotent: 'read', limit: 'read' } as const

export const operatorRouter = router({
  overview: operatorProcedure({ ...read, rest: null })
    .output(Overview)
    .query(({ ctx }) => readOverview(ctx)),

  users: operatorProcedure({ ...read, rest: { method: 'GET', path: '/users', summary: 'Everyone who has registered' } })
    .input(SearchInput)
    .output(OperatorUserPage)
    .query(({ ctx, input }) => listUsers(ctx, input)),

  user: operatorProcedure({ ...read, rest: { method: 'GET', path: '/users/{id}', summary: 'One person' } })
    .input(z.strictObject({ id: idOf('user') }))
    .output(OperatorUser)
    .query(({ ctx, input }) => readUser(ctx, input.id)),

  tenants: operatorProcedure({ ...read, rest: null })
    .input(SearchInput)
    .output(OperatorTenantPage)
    .query(({ ctx, input }) => listTenants(ctx, input)),

  tenant: operatorProcedure({ ...read, rest: null })
    .input(TenantIdInput)
    .output(OperatorTenantDetail)
    .query(({ ctx, input }) => readTenant(ctx, input.id)),

  recentDecisions: operatorProcedure({ ...read, rest: null })
    .input(TenantIdInput)
    .output(RecentDecisions)
    .query(({ ctx, input }) => recentDecisions(ctx, input.id)),
})
