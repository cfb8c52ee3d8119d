import { z } from 'zod'
import { idOf } from './id.ts'
import { PageInput, pageOf } from './paging.ts'
import { TenantRole } from './permission.ts'
import { Instant } from './time.ts'

export const MemberView = z
  .strictObject({
    id: idOf('member'),
    userId: idOf('user'),
    name: z.string(),
    email: z.string(),
    role: TenantRole,
    joinedAt: Instant,
    liveKeys: z.int().describe('API keys this person has issued here that still open something.'),
  })
  .meta({ id: 'Member' })
export type MemberView = z.infer<typeof MemberView>

export const MemberSearchInput = PageInput.extend({
  search: z.string().trim().max(200).optional().describe('Part of a name or an address.'),
})
export type MemberSearchInput = z.infer<typeof MemberSearchInput>
export const MemberPage = pageOf(MemberView).extend({ total: z.int().describe('Members that fit the search, on all pages.') })
export type MemberPage = z.infer<typeof MemberPage>

/** A member as the list of those who lack a second factor shows them. */
export const MemberWithoutSecondFactor = MemberView.omit({ liveKeys: true }).meta({ id: 'MemberWithoutSecondFactor' })
export type MemberWithoutSecondFactor = z.infer<typeof MemberWithoutSecondFactor>
export const MembersWithoutSecondFactor = pageOf(MemberWithoutSecondFactor).extend({
  total: z.int().describe('Members without one, on all pages.'),
})
export type MembersWithoutSecondFactor = z.infer<typeof MembersWithoutSecondFactor>

export const MemberIdInput = z.strictObject({ id: idOf('member') })
export const SetMemberRoleInput = MemberIdInput.extend({ role: TenantRole })
export type SetMemberRoleInput = z.infer<typeof SetMemberRoleInput>

/** API keys belong to the tenant. Who removes a member says whether those that member issued go with them. */
export const KeysOfRemoved = z.enum(['keep', 'revoke'])
export const RemoveMemberInput = MemberIdInput.extend({
  keys: KeysOfRemoved.default('keep').describe('What becomes of the API keys they issued: they belong to the tenant.'),
})
export type RemoveMemberInput = z.infer<typeof RemoveMemberInput>
export const RemovedMember = z.strictObject({
  keysKept: z.int().describe('API keys they issued that still open something.'),
  keysRevoked: z.int(),
  invitationsRevoked: z.int().describe('Open invitations of theirs, which end with them.'),
})
export type RemovedMember = z.infer<typeof RemovedMember>
