import type { EntityManager } from '@mikro-orm/postgresql'
import { Member, Tenant } from '@tollkeeper/db'
import { type Permission, TenantRole, tenantRoles } from '@tollkeeper/shared'
import type { Services } from '../../kernel/services.ts'
import { enqueueMail } from './enqueue-mail.ts'
import { type Addressee, addresseesAmong } from './reader.ts'
import { type DataOf, type TemplateName, templates } from './templates/index.ts'

export interface MembersMail<Name extends TemplateName> {
  tenantId: string
  /** Whoever's role holds it is written to. */
  permission: Permission
  template: Name
  /** What the mail says to one of them, in their language and time zone. */
  data: (reader: Addressee, tenantName: string) => DataOf<Name>
  /** Of several orders with the same key each person gets one mail. */
  dedupeKey: string
}

/**
 * Orders a mail to those members of a tenant whom it concerns and who have not turned such mails off, in the caller's transaction:
 * the tenant's own, or the server's.
 */
export async function mailMembers<Name extends TemplateName>(
  em: EntityManager,
  services: Services,
  { tenantId, permission, template, data, dedupeKey }: MembersMail<Name>,
): Promise<void> {
  const { about } = templates[template]
  const members = await em.find(Member, { tenantId, role: { $in: rolesWith(permission) } })
  const tenant = await em.findOneOrFail(Tenant, { id: tenantId })
  const addressees = await addresseesAmong(
    em,
    members.map(({ userId }) => userId),
  )
  for (const reader of addressees) {
    if (about !== 'security' && !reader.wants[about]) continue
    await enqueueMail(em, services, {
      to: reader.email,
      userId: reader.userId,
      template,
      data: data(reader, tenant.name),
      locale: reader.locale,
      dedupeKey: `${dedupeKey} ${reader.userId}`,
    })
  }
}

function rolesWith(permission: Permission): TenantRole[] {
  return TenantRole.options.filter((role) => (tenantRoles[role] as readonly Permission[]).includes(permission))
}
