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

export const tenantEntities = [Tenant, Member]
