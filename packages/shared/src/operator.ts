import { z } from 'zod'
import { AuditEntryView } from './audit.ts'
import { UserStatus, UserView } from './auth.ts'
import { CurrentSubscription } from './billing.ts'
import { idOf } from './id.ts'
import { PageInput, pageOf } from './paging.ts'
import { OperatorRole, TenantRole } from './permission.ts'
import { CurrentUsage } from './quota.ts'
import { TenantStatus, TenantView } from './tenant.ts'
import { Instant } from './time.ts'

export const SearchInput = PageInput.extend({
  search: z.string().trim().max(200).optional().describe('Part of an id, an email or a name.'),
})

export const UserSearchInput = SearchInput.extend({
  status: UserStatus.optional(),
  role: z
    .union([OperatorRole, z.literal('none')])
    .optional()
    .describe('An operator role; `none`: those who are no operators.'),
})
export type UserSearchInput = z.infer<typeof UserSearchInput>
export const TenantSearchInput = SearchInput.extend({
  status: TenantStatus.optional(),
  plan: z.string().max(80).optional().describe('Key of the plan in force.'),
})
export type TenantSearchInput = z.infer<typeof TenantSearchInput>

export const OperatorUser = UserView.extend({ tenantCount: z.int(), lastSeenAt: Instant.nullable() }).meta({ id: 'OperatorUser' })
export type OperatorUser = z.infer<typeof OperatorUser>
export const OperatorUserPage = pageOf(OperatorUser).extend({ total: z.int().describe('Rows that fit the search, on all pages.') })

export const OperatorSession = z.strictObject({
  id: idOf('session'),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  impersonatorId: z.string().nullable(),
  createdAt: Instant,
  expiresAt: Instant,
})
export const OperatorLogin = z.strictObject({
  method: z.string(),
  outcome: z.string(),
  reason: z.string().nullable(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  at: Instant,
})

/** A person with what an operator needs to help them: each list has the newest fifty. */
export const OperatorUserDetail = OperatorUser.extend({
  secondFactor: z.boolean().describe('True: their sign-ins take two steps.'),
  statusReason: z.string().nullable().describe('Why they are suspended.'),
  sessions: z.array(OperatorSession),
  logins: z.array(OperatorLogin),
  tenants: z.array(
    z.strictObject({ id: idOf('tenant'), name: z.string(), status: TenantStatus, role: TenantRole, joinedAt: Instant }),
  ),
  audit: z.array(AuditEntryView).describe('What they did, and what was done to them.'),
}).meta({ id: 'OperatorUserDetail' })
export type OperatorUserDetail = z.infer<typeof OperatorUserDetail>

export const OperatorTenant = TenantView.extend({
  memberCount: z.int(),
  keyCount: z.int(),
  ownerEmail: z.string().nullable(),
  statusReason: z.string().nullable().describe('Why it is suspended.'),
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

/** Written down with what is done, for whoever asks later. */
export const OperatorReason = z.string().trim().min(3).max(500)

export const UserIdInput = z.strictObject({ id: idOf('user') })
export const SetUserStatusInput = UserIdInput.extend({ status: UserStatus.exclude(['erased']), reason: OperatorReason })
export type SetUserStatusInput = z.infer<typeof SetUserStatusInput>
export const SetTenantStatusInput = z.strictObject({ id: idOf('tenant'), status: TenantStatus, reason: OperatorReason })
export type SetTenantStatusInput = z.infer<typeof SetTenantStatusInput>
export const SetOperatorRoleInput = UserIdInput.extend({ role: OperatorRole.nullable().describe('Null: no operator any more.') })
export type SetOperatorRoleInput = z.infer<typeof SetOperatorRoleInput>
export const EndUserSessionInput = UserIdInput.extend({ sessionId: idOf('session') })
export const ResetMailOutcome = z.strictObject({
  mail: z.enum(['sent', 'withheld']).describe('`withheld`: the address had enough mails for now.'),
})

export const ResetSecondFactorInput = UserIdInput.extend({ reason: OperatorReason })

export const ImpersonateInput = UserIdInput.extend({ reason: OperatorReason })
/** A session as the person, without a refresh token: it ends by itself, or by signing out. */
export const Impersonation = z.strictObject({
  sessionId: idOf('session'),
  userId: idOf('user'),
  accessToken: z.string(),
  link: z.string().describe('Opens the web client as the person, in one browser, within a minute.'),
  expiresAt: Instant,
})

/** As another system keeps them. What is wrong with one row is told about that row, and the others go on. */
export const ImportedUser = z.strictObject({
  email: z.string().max(320),
  name: z.string().max(400),
  verified: z.boolean().describe('Whether the other system has proved the address.'),
  hash: z
    .string()
    .max(512)
    .describe('PHC or crypt form: `$argon2id$…`, `$2b$…`, `$scrypt$…`, `$pbkdf2-sha256$…`.')
    .meta({ examples: ['$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy'] }),
})
export type ImportedUser = z.infer<typeof ImportedUser>
export const ImportUsersInput = z.strictObject({
  users: z.array(ImportedUser).min(1).max(1000),
  dryRun: z.boolean().default(false).describe('True: only tells what would become of each row.'),
})
export type ImportUsersInput = z.infer<typeof ImportUsersInput>
export const ImportFate = z.strictObject({
  path: z.string().describe('Of the row, or of the field that is at fault.'),
  fate: z
    .enum(['created', 'exists', 'refused'])
    .describe('`exists`: there is somebody with the address, and they were left as they are.'),
  userId: idOf('user').nullable().describe('Null for who was refused, or would be created.'),
  code: z.enum(['email_invalid', 'email_repeated', 'name_invalid', 'hash_unknown', 'hash_too_costly']).nullable(),
})
export type ImportFate = z.infer<typeof ImportFate>
export const ImportReport = z
  .strictObject({ created: z.int(), existing: z.int(), refused: z.int(), rows: z.array(ImportFate) })
  .meta({ id: 'ImportReport' })
export type ImportReport = z.infer<typeof ImportReport>
