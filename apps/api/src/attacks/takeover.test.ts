import { randomBytes } from 'node:crypto'
import { operatorPermissions } from '@tollkeeper/shared'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { behindProxy, visitor } from '../modules/auth/testing/visitor.ts'
import { restProcedures } from '../rest/rest-procedures.ts'
import { declaredProcedures } from '../testing/declared-procedures.ts'
import { startTestApp, type TestApp, type TestPerson } from '../testing/index.ts'
import { sampleInput } from '../testing/sample-input.ts'
import { checksumOfTenant } from '../testing/tenant-rows.ts'

let app: TestApp
let victim: TestPerson
let operator: TestPerson

beforeAll(async () => {
  app = await startTestApp({ environment: behindProxy })
  victim = await app.person('Victim')
  operator = await app.operator()
}, 120_000)
afterAll(() => app[Symbol.asyncDispose]())

/** Everything a person comes in with and is known by. */
async function credentialsOf(userId: string): Promise<string> {
  const tables = { user: 'id', account: 'user_id', session: 'user_id', refresh_family: 'user_id', member: 'user_id' }
  const parts = await Promise.all(
    Object.entries(tables).map(async ([table, column]) => {
      const { rows } = await app.services.pool.query<{ row: string }>(
        `select (to_jsonb(t) - 'last_seen_at' - 'updated_at')::text as row from "${table}" t where ${column} = $1 order by 1`,
        [userId],
      )
      return [table, ...rows.map(({ row }) => row)].join('\n')
    }),
  )
  return parts.join('\n')
}

test('nobody who is not signed in changes how an existing person comes in, whatever public procedure they call about them', async () => {
  const before = await credentialsOf(victim.userId)
  const ids = { usr: victim.userId, ten: victim.tenantId, ses: 'ses_00000000000000000000000000' }
  const changed: string[] = []
  for (const { name, type, meta, input } of declaredProcedures()) {
    if (meta?.permission !== 'public') continue
    const sample = sampleInput(input, ids) as Record<string, unknown> | undefined
    const about = {
      ...sample,
      ...(sample && 'email' in sample ? { email: victim.email } : {}),
      ...(sample && 'name' in sample ? { name: 'Somebody else' } : {}),
      ...(sample && 'password' in sample ? { password: 'the new one of a stranger' } : {}),
      ...(sample && 'token' in sample ? { token: randomBytes(32).toString('base64url') } : {}),
    }
    for (const extra of [{}, { userId: victim.userId }, { id: victim.userId }]) {
      const body = { ...about, ...extra }
      const call = visitor(app)
      const answer =
        type === 'query'
          ? await call('GET', `//trpc/${name}?input=${encodeURIComponent(JSON.stringify(body))}`)
          : await call('POST', `//trpc/${name}`, body)
      expect(answer.status, name).toBeLessThan(500)
      if ((await credentialsOf(victim.userId)) !== before) changed.push(name)
      expect(answer.headers.getSetCookie().filter((line) => /session=[^;]/.test(line))).toEqual([])
    }
  }
  expect(changed).toEqual([])
})

/** What somebody would like to set along with what they may. */
const forbidden: Record<string, unknown> = {
  id: 'usr_00000000000000000000000000',
  userId: 'usr_00000000000000000000000000',
  user_id: 'usr_00000000000000000000000000',
  tenantId: 'ten_00000000000000000000000000',
  operatorRole: 'owner',
  operator_role: 'owner',
  emailVerified: true,
  email_verified: true,
  passwordHash: '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA',
  impersonatorId: 'usr_00000000000000000000000000',
  secondFactor: 'totp',
  provedAt: '2030-01-01T00:00:00Z',
  expiresAt: '2099-01-01T00:00:00Z',
  createdAt: '2001-01-01T00:00:00Z',
  isAdmin: true,
  consumed: 0,
  granted: 1e9,
}

test('no request takes a field it does not declare: each is refused by name, and nothing of it is kept', async () => {
  const before = [await credentialsOf(victim.userId), await checksumOfTenant(app.services.pool, victim.tenantId)]
  const taken: string[] = []
  let [named, refusedBefore] = [0, 0]
  for (const { name, meta, input } of restProcedures()) {
    if (meta.rest.method === 'GET' || meta.rest.method === 'DELETE' || !input) continue
    const ids = { usr: victim.userId, ten: victim.tenantId }
    const sample = sampleInput(input, ids) as Record<string, unknown>
    const call = meta.permission in operatorPermissions ? operator.call : victim.call
    const path = meta.rest.path.replaceAll(/\{(\w+)\}/g, (_match, field: string) =>
      encodeURIComponent(String(sample[field] ?? victim.tenantId)),
    )
    const inPath = [...meta.rest.path.matchAll(/\{(\w+)\}/g)].map(([, field]) => field!)
    const body = Object.fromEntries(Object.entries(sample).filter(([field]) => !inPath.includes(field)))
    for (const [field, value] of Object.entries(forbidden)) {
      if (field in sample) continue
      const { status, body: answer } = await call(meta.rest.method, path, { ...body, [field]: value })
      const faults = (answer as { faults?: { path: string }[] }).faults ?? []
      const isNamed = status === 400 && faults.some(({ path }) => path === field)
      if (isNamed) named++
      // who calls may lack the right, the second factor or the row, which is said before the body is looked at
      else if ([401, 403, 404].includes(status)) refusedBefore++
      else taken.push(`${name} ${field}: ${status}`)
    }
  }
  expect(taken).toEqual([])
  expect(named).toBeGreaterThan(2 * refusedBefore)
  expect([await credentialsOf(victim.userId), await checksumOfTenant(app.services.pool, victim.tenantId)]).toEqual(before)
}, 120_000)
