import { z } from 'zod'
import { Locale } from './account.ts'
import { Email, NewPassword, PersonName } from './auth.ts'
import { idOf } from './id.ts'
import { PageInput, pageOf } from './paging.ts'
import { TenantRole } from './permission.ts'
import { Instant } from './time.ts'

export const InvitationStatus = z.enum(['pending', 'accepted', 'declined', 'revoked', 'expired'])
export type InvitationStatus = z.infer<typeof InvitationStatus>

/** An invitation as the members who manage others see it. Its link is in the mail alone. */
export const InvitationView = z
  .strictObject({
    id: idOf('invitation'),
    email: z.string(),
    role: TenantRole,
    status: InvitationStatus,
    invitedBy: z.strictObject({ userId: idOf('user'), name: z.string().nullable().describe('Null: no member any more.') }),
    sends: z.int().describe('Mails so far.'),
    createdAt: Instant,
    sentAt: Instant,
    expiresAt: Instant,
  })
  .meta({ id: 'Invitation' })
export type InvitationView = z.infer<typeof InvitationView>

export const InviteInput = z.strictObject({
  email: Email,
  role: TenantRole.default('member').describe('No higher than your own.'),
  locale: Locale.optional().describe('Of the mail; your own language when it is left out.'),
})
export type InviteInput = z.infer<typeof InviteInput>
export const InvitationIdInput = z.strictObject({ id: idOf('invitation') })
export const ListInvitationsInput = PageInput.extend({
  status: InvitationStatus.optional().describe('Only those that stand like this; otherwise all, newest first.'),
})
export type ListInvitationsInput = z.infer<typeof ListInvitationsInput>
export const InvitationPage = pageOf(InvitationView)

const InvitationToken = z.string().min(1).max(512).describe('From the link in the mail.')
export const InvitationTokenInput = z.strictObject({ token: InvitationToken })

/** What whoever holds the link is told of it. */
export const InvitationOffer = z
  .strictObject({
    tenant: z.string().describe('Its name.'),
    inviter: z.string().nullable().describe('Name of who invited.'),
    email: z.string().describe('The address that was invited.'),
    role: TenantRole,
    status: InvitationStatus,
    expiresAt: Instant,
  })
  .meta({ id: 'InvitationOffer' })
export type InvitationOffer = z.infer<typeof InvitationOffer>

export const JoinedTenant = z.strictObject({ tenantId: idOf('tenant'), memberId: idOf('member'), role: TenantRole })
export type JoinedTenant = z.infer<typeof JoinedTenant>

/** The link has proved the address, so an account that is made with it needs no further mail. */
export const RegisterInvitedInput = InvitationTokenInput.extend({ name: PersonName, password: NewPassword })
export type RegisterInvitedInput = z.infer<typeof RegisterInvitedInput>
export const RegisteredInvited = JoinedTenant.extend({ email: z.string() })
export type RegisteredInvited = z.infer<typeof RegisteredInvited>
