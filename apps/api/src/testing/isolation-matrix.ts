import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Member } from '@tollkeeper/db'
import { operatorPermissions } from '@tollkeeper/shared'
import { announceChange } from '../kernel/change-feed.ts'
import { inSystemTransaction } from '../kernel/in-transaction.ts'
import { newId } from '../kernel/new-id.ts'
import { giveSeats } from '../modules/tenant/testing/team.ts'
import { restProcedures } from '../rest/rest-procedures.ts'
import type { ProcedureMeta } from '../trpc/meta.ts'
import type { Call } from './call.ts'
import { type DeclaredProcedure, declaredProcedures } from './declared-procedures.ts'
import { type IdsByPrefix, sampleInput } from './sample-input.ts'
import type { TestApp, TestPerson } from './start-test-app.ts'
import { checksumOfTenant } from './tenant-rows.ts'

/** Calls that end the caller's own session, so they come last. */
const last = new Set(['auth.signOut', 'auth.logout'])

interface Principal {
  name: string
  call: Call
  isOperator: boolean
  isAnonymous: boolean
}

/**
 * Walks every procedure and every REST route as each kind of stranger to one tenant, aiming every id and the X-Tenant-Id header at
 * that tenant.
 * @returns what went wrong: an answer that held the tenant's canary, a row of it that changed, or an answer nobody declared
 */
export async function findLeaks(app: TestApp): Promise<string[]> {
  const canary = `canary${randomBytes(8).toString('hex')}`
  const victim = await app.person(canary)
  const key = await app.key(victim, { name: canary })
  await key.call('POST', '/authorize', { feature: 'characters', amount: 7, requestId: canary })
  await key.call('POST', '/usage', { events: [{ id: canary, feature: 'characters', amount: 3, properties: { text: canary } }] })
  const held = await key.call('POST', '/reservations', { feature: 'characters', amount: 5, expiresIn: 86_400 })
  const { reservationId } = held.body as { reservationId: string }
  const invitationId = await openInvitation(app, victim, `${canary}@example.test`)
  const ids = { ...(await idsOf(app, victim.tenantId, victim.userId, key.id)), rsv: reservationId, ivt: invitationId }
  const secrets = [canary, victim.tenantId, victim.userId, key.id, key.secret, reservationId, invitationId]
  const before = await settledChecksum(app, victim.tenantId)

  const leaks: string[] = []
  for (const principal of await strangers(app)) {
    for (const attempt of attemptsOf(principal, ids, victim.tenantId)) {
      const { status, body } = await attempt.send()
      const text = JSON.stringify(body)
      const echoed = attempt.sent
      const told = secrets.filter((secret) => text.includes(secret) && !echoed.includes(secret))
      if (told.length > 0 && !principal.isOperator) leaks.push(`${attempt.label} told ${told.join(', ')}: ${text.slice(0, 300)}`)
      if (status < 300 && principal.isAnonymous && attempt.permission !== 'public')
        leaks.push(`${attempt.label} answered ${status} to nobody`)
      if (status < 300 && !principal.isOperator && isOperatorPermission(attempt.permission))
        leaks.push(`${attempt.label} answered ${status}`)
      if (status >= 500) leaks.push(`${attempt.label} failed with ${status}: ${text.slice(0, 300)}`)
    }
    const after = await checksumOfTenant(app.services.pool, victim.tenantId)
    if (after !== before) leaks.push(`${principal.name} changed rows of the tenant:\n${differingLines(before, after)}`)
  }
  return leaks
}

async function openInvitation(app: TestApp, { tenantId, call }: TestPerson, email: string): Promise<string> {
  await giveSeats(app, tenantId, null)
  const { body } = await call('POST', `/tenants/${tenantId}/invitations`, { email })
  return (body as { id: string }).id
}

/** What is written behind an answer (the decision log, the last use of a key) has to be there before anything is compared. */
async function settledChecksum(app: TestApp, tenantId: string): Promise<string> {
  for (let before = ''; ; ) {
    const now = await checksumOfTenant(app.services.pool, tenantId)
    if (now === before) return now
    before = now
    await sleep(1_500)
  }
}

async function strangers(app: TestApp): Promise<Principal[]> {
  const owner = await app.person('Foreign owner')
  const ownerKey = await app.key(owner)
  const member = await foreignMember(app, owner)
  const operator = await app.operator()
  const plain = { isOperator: false, isAnonymous: false }
  return [
    { ...plain, name: 'anonymous', call: app.call, isAnonymous: true },
    { ...plain, name: 'foreign owner', call: owner.call },
    { ...plain, name: 'foreign member', call: member.call },
    { ...plain, name: 'foreign API key', call: ownerKey.call },
    { ...plain, name: 'operator', call: operator.call, isOperator: true },
  ]
}

/** Somebody who is no more than a member, of the foreign owner's tenant. */
async function foreignMember(app: TestApp, owner: TestPerson): Promise<TestPerson> {
  const member = await app.person('Foreign member')
  await inSystemTransaction(app.services, async ({ em, now }) => {
    em.create(Member, { tenantId: owner.tenantId, id: newId('member'), userId: member.userId, role: 'member', joinedAt: now })
    announceChange(em, 'member', member.userId)
  })
  return member
}

interface Attempt {
  label: string
  permission: string | undefined
  meta: ProcedureMeta
  /** What was sent, as text: an error may repeat it. */
  sent: string
  send(): ReturnType<Call>
}

/** Every procedure over tRPC and REST as somebody, with and without naming a tenant; but not those that end their session. */
export function attemptsOf(principal: Principal, ids: IdsByPrefix, tenantId: string): Attempt[] {
  const procedures = declaredProcedures().toSorted((first, second) => Number(last.has(first.name)) - Number(last.has(second.name)))
  const headersToTry: Record<string, string>[] = [{}, { 'x-tenant-id': tenantId }]
  return (
    procedures
      .filter(({ name }) => !last.has(name))
      // what an operator is there to do to others is tested where it is made
      .filter(({ type, meta }) => !(principal.isOperator && type === 'mutation' && isOperatorPermission(meta?.permission)))
      .flatMap((procedure) =>
        headersToTry.flatMap((headers) => [
          overTrpc(principal, procedure, ids, headers),
          ...overRest(principal, procedure, ids, headers),
        ]),
      )
  )
}

function isOperatorPermission(permission: string | undefined): boolean {
  return permission !== undefined && permission in operatorPermissions
}

function overTrpc(
  { name: who, call }: Principal,
  { name, type, input, meta }: DeclaredProcedure,
  ids: IdsByPrefix,
  headers: Record<string, string>,
): Attempt {
  const body = sampleInput(input, ids)
  const query = type === 'query' && body !== undefined ? `?input=${encodeURIComponent(JSON.stringify(body))}` : ''
  return {
    label: `${who}: ${name} over tRPC${headers['x-tenant-id'] ? ' naming the tenant' : ''}`,
    permission: meta?.permission,
    meta: meta!,
    sent: JSON.stringify([body ?? null, headers]),
    send: () =>
      type === 'query'
        ? call('GET', `//trpc/${name}${query}`, undefined, headers)
        : call('POST', `//trpc/${name}`, body ?? {}, headers),
  }
}

function overRest(
  { name: who, call }: Principal,
  { name, input, meta }: DeclaredProcedure,
  ids: IdsByPrefix,
  headers: Record<string, string>,
): Attempt[] {
  const route = restProcedures().find((procedure) => procedure.name === name)
  if (!route) return []
  const body = { ...(sampleInput(input, ids) as Record<string, unknown> | undefined) }
  const path = route.meta.rest.path.replaceAll(/\{(\w+)\}/g, (_match, field: string) => {
    const value = String(field in body ? body[field] : field === 'tenantId' ? ids.ten : undefined)
    delete body[field]
    return encodeURIComponent(value)
  })
  const { method } = route.meta.rest
  const inQuery = method === 'GET' || method === 'DELETE'
  const query =
    inQuery && Object.keys(body).length > 0
      ? `?${new URLSearchParams(Object.entries(body).map(([key, value]): [string, string] => [key, String(value)]))}`
      : ''
  return [
    {
      label: `${who}: ${method} ${path}${headers['x-tenant-id'] ? ' naming the tenant' : ''}`,
      permission: meta?.permission,
      meta: meta!,
      sent: JSON.stringify([path, body, headers]),
      send: () => call(method, `${path}${query}`, inQuery || !input ? undefined : body, headers),
    },
  ]
}

/** An id of the tenant for each kind of id there is a row of. */
async function idsOf(app: TestApp, tenantId: string, userId: string, keyId: string): Promise<IdsByPrefix> {
  const { rows } = await app.services.pool.query<{ id: string }>('select id from member where tenant_id = $1', [tenantId])
  return { ten: tenantId, usr: userId, key: keyId, mem: rows[0]!.id }
}

function differingLines(before: string, after: string): string {
  const known = new Set(before.split('\n'))
  return after
    .split('\n')
    .filter((line) => !known.has(line))
    .join('\n')
}
