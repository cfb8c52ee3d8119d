import { defineEntity, p } from '@mikro-orm/core'
import { id, instant, text } from './columns.ts'
import { tenantWall } from './tenant-wall.ts'

const TenantSchema = defineEntity({
  name: 'Tenant',
  tableName: 'tenant',
  ...tenantWall('id'),
  properties: {
    id: id().primary(),
    name: text(),
    slug: text().unique(),
    personalOf: text().nullable().unique(),
    status: text().default('active'),
    /** Why an operator suspended it. */
    statusReason: text().nullable(),
    /** Nobody acts in it who has not signed in with two factors. */
    secondFactorRequired: p.boolean().default(false),
    createdAt: instant().defaultRaw('now()'),
  },
})
export class Tenant extends TenantSchema.class {}
TenantSchema.setClass(Tenant)

const MemberSchema = defineEntity({
  name: 'Member',
  tableName: 'member',
  ...tenantWall(),
  uniques: [{ properties: ['tenantId', 'userId'] }],
  properties: {
    tenantId: id().primary(),
    id: id().primary(),
    userId: text().index(),
    role: text(),
    joinedAt: instant().defaultRaw('now()'),
  },
})
export class Member extends MemberSchema.class {}
MemberSchema.setClass(Member)

/**
 * Somebody is asked to join. Of one address a tenant has at most one that is pending. Its link is in the mail and nowhere else, and
 * works once. One whose time is over still says `pending` until another takes its place.
 */
const InvitationSchema = defineEntity({
  name: 'Invitation',
  tableName: 'invitation',
  ...tenantWall(),
  checks: [
    { name: 'invitation_status', expression: "status in ('pending', 'accepted', 'declined', 'revoked', 'expired')" },
    { name: 'invitation_ends_once', expression: "(status = 'pending') = (ended_at is null)" },
  ],
  properties: {
    tenantId: id().primary(),
    id: id().primary(),
    /** In the form addresses are kept and compared in. */
    email: text(),
    role: text(),
    /** SHA-256 of the token in the newest mail. */
    tokenHash: text().unique(),
    status: text().default('pending'),
    invitedBy: text(),
    sends: p.integer().default(1),
    createdAt: instant(),
    sentAt: instant(),
    expiresAt: instant(),
    endedAt: instant().nullable(),
    acceptedBy: text().nullable(),
  },
})
export class Invitation extends InvitationSchema.class {}
InvitationSchema.setClass(Invitation)

export const tenantEntities = [Tenant, Member, Invitation]
