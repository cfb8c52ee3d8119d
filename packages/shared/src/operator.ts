import { z } from 'zod'
import { UserView } from './auth.ts'
import { CurrentSubscription } from './billing.ts'
import { idOf } from './id.ts'
import { PageInput, pageOf } from './paging.ts'
import { CurrentUsage } from './quota.ts'
import { TenantView } from './tenant.ts'
import { Instant } from './time.ts'

export const SearchInput = PageInput.extend({
  search: z.string().trim().max(200).optional().describe('Part of an id, an email or a name.'),
})

export const OperatorUser = UserView.extend({ tenantCount: z.int(), lastSeenAt: Instant.nullable() }).meta({ id: 'OperatorUser' })
export const OperatorUserPage = pageOf(OperatorUser).extend({ total: z.int().describe('Rows that fit the search, on all pages.') })

export const OperatorTenant = TenantView.extend({
  memberCount: z.int(),
  keyCount: z.int(),
  ownerEmail: z.string().nullable(),
}).meta({ id: 'OperatorTenant' })
export const OperatorTenantPage = pageOf(OperatorTenant).extend({ total: z.int() })

export const OperatorTenantDetail = z.strictObject({
  tenant: OperatorTenant,
  usage: CurrentUsage,
  subscription: CurrentSubscription,
  members: z.array(
    z.strictObject({ userId: idOf('user'), name: z.string(), email: z.string(), role: z.string(), joinedAt: Instant }),
  ),
})

export const RecentDecision = z.strictObject({
  decisionId: z.string(),
  feature: z.string(),
  amount: z.int(),
  allowed: z.boolean(),
  code: z.string(),
  caller: z.string(),
  at: Instant,
})
export const RecentDecisions = z.strictObject({ decisions: z.array(RecentDecision) })

export const Overview = z.strictObject({
  users: z.int(),
  tenants: z.int(),
  subscriptions: z.int(),
  decisionsToday: z.int(),
  deniedToday: z.int(),
})
