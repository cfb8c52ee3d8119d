import type { MemberPage, TenantRole } from '@tollkeeper/shared'
import { expect } from 'vitest'
import type { TestApp, TestPerson } from '../../../testing/index.ts'
import { mailsTo, tokenIn } from '../../auth/testing/visitor.ts'

/** Lets a tenant have so many members; null: any number. */
export async function giveSeats(app: TestApp, tenantId: string, seats: number | null): Promise<void> {
  await app.services.pool.query(`update entitlement set limit_units = $2 where tenant_id = $1 and feature_key = 'seats'`, [
    tenantId,
    seats,
  ])
}

/** A tenant that is nobody's own, with seats. @returns its id */
export async function openTeam(app: TestApp, owner: TestPerson, seats: number | null = null): Promise<string> {
  const { status, body } = await owner.call('POST', '/tenants', { name: 'Team' })
  expect(status, JSON.stringify(body)).toBe(201)
  const { id } = body as { id: string }
  await giveSeats(app, id, seats)
  return id
}

/** Invites an address as the caller. @returns the token of the link that was mailed, and the invitation's id */
export async function inviteTo(
  app: TestApp,
  inviter: TestPerson,
  tenantId: string,
  { email, role = 'member' }: { email: string; role?: TenantRole },
): Promise<{ token: string; id: string }> {
  const { status, body } = await inviter.call('POST', `/tenants/${tenantId}/invitations`, { email, role })
  expect(status, JSON.stringify(body)).toBe(201)
  return { token: await linkTo(app, email.toLowerCase()), id: (body as { id: string }).id }
}

/** The token of the newest invitation that was mailed to the address. */
export async function linkTo(app: TestApp, email: string): Promise<string> {
  const mail = (await mailsTo(app, email)).find(({ text }) => text.includes('/invitation?token='))
  if (!mail) throw new Error(`No invitation was mailed to ${email}`)
  return tokenIn(mail)
}

/** Somebody with an account who was invited and has accepted, the way people do. */
export async function newMember(
  app: TestApp,
  inviter: TestPerson,
  tenantId: string,
  { role, name = 'Member' }: { role: TenantRole; name?: string },
): Promise<TestPerson & { memberId: string }> {
  const person = await app.person(name)
  const { token } = await inviteTo(app, inviter, tenantId, { email: person.email, role })
  const { status, body } = await person.call('POST', '/invitations/accept', { token })
  expect(status, JSON.stringify(body)).toBe(200)
  return { ...person, memberId: (body as { memberId: string }).memberId }
}

/** Each member's role, by address, as one of them is told. */
export async function rolesIn(member: TestPerson, tenantId: string): Promise<Record<string, TenantRole>> {
  const { body } = await member.call('GET', `/tenants/${tenantId}/members?limit=100`)
  return Object.fromEntries((body as MemberPage).rows.map(({ email, role }) => [email, role]))
}
