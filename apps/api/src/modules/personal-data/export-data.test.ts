import { expect, test } from 'vitest'
import { eventually } from '../../testing/eventually.ts'
import { startTestApp } from '../../testing/index.ts'
import { places } from './places/index.ts'
import { canary, livedIn } from './testing/lived-in.ts'

test('a person gets everything that is held about them, without secrets and without others', { timeout: 120_000 }, async () => {
  await using app = await startTestApp()
  await app.person('Somebody else')
  const person = await livedIn(app)
  const answer = await person.call('POST', '/users/me/export', {})
  const { person: id, data } = answer.body as { person: string; data: Record<string, Record<string, unknown>[]> }
  expect([answer.status, id]).toEqual([200, person.userId])
  expect(Object.keys(data).toSorted()).toEqual(
    Object.keys(places)
      .filter((table) => places[table]!.read)
      .toSorted(),
  )
  expect(data.user).toMatchObject([{ id: person.userId, email: person.email, name: person.name }])
  expect(data.avatar).toMatchObject([{ type: 'image/webp', base64: expect.stringMatching(/^UklGR/) }])
  expect(data.api_key).toMatchObject([{ name: `${canary} key` }])
  expect(data.usage_event).toMatchObject([{ id: `${canary}-event`, properties: { who: canary } }])
  expect(data.invoice).toMatchObject([{ number: 'T-1' }])
  for (const table of ['login_event', 'session', 'email_message', 'audit_entry', 'member', 'account'])
    expect(data[table]!.length).toBeGreaterThan(0)
  const written = JSON.stringify(data)
  expect(written).not.toContain('Somebody else')
  for (const secret of ['password', 'token_hash', 'secret', 'access_token', 'argon2']) expect(written).not.toContain(`"${secret}":`)
  expect(written).not.toContain('$argon2')
})

test('the document is sent while it is read: who stops reading holds no connection, and a page of it is all that is held', async () => {
  await using app = await startTestApp()
  const person = await app.person('Ada')
  const { pool } = app.services
  await person.call('POST', '/usage', { events: [{ id: 'first', feature: 'characters' }] })
  const ROWS = 12_000
  await pool.query(
    `insert into usage_event (tenant_id, at, id, feature_key, amount, received_at, properties)
     select tenant_id, at, 'e' || to_char(n, 'FM00000'), feature_key, 1, received_at, jsonb_build_object('text', repeat('x', 4000))
     from usage_event, generate_series(1, $2) n where tenant_id = $1`,
    [person.tenantId, ROWS],
  )
  const answer = await fetch(`${app.url}/api/v1/users/me/export`, {
    method: 'POST',
    headers: { authorization: `Bearer ${person.accessToken}` },
  })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="your-data-\d{4}-\d\d-\d\d\.json"$/)
  const reader = answer.body!.getReader()
  const chunks = [(await reader.read()).value!]

  // nobody takes the rest: what is written now is still ahead of the reading
  await eventually(
    async () =>
      (await pool.query(`select count(*)::int as count from pg_stat_activity where state like 'idle in transaction%'`)).rows,
    ([row]) => row.count === 0,
  )
  await pool.query(
    `insert into usage_event (tenant_id, at, id, feature_key, amount, received_at)
     select tenant_id, at, 'written-later', feature_key, 1, received_at from usage_event where tenant_id = $1 and id = 'first'`,
    [person.tenantId],
  )
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) chunks.push(chunk.value)
  const text = Buffer.concat(chunks).toString('utf8')
  expect(text.length).toBeGreaterThan(ROWS * 4_000)
  const { data } = JSON.parse(text) as { data: Record<string, { id: string }[]> }
  const ids = data.usage_event!.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids).toHaveLength(ROWS + 2)
  expect(ids).toContain('written-later')
}, 120_000)

test('pages of whatever place go on where the one before ended, and lose and repeat nothing', { timeout: 120_000 }, async () => {
  await using app = await startTestApp()
  const person = await app.person('Ada')
  const { pool } = app.services
  await person.call('GET', '/users/me')
  await pool.query(
    `insert into audit_entry (id, action, actor_kind, actor_id, details, at)
     select 'aud_' || n, 'made.up', 'user', $1, '{}', now() from generate_series(1, 1000) n`,
    [person.userId],
  )
  await pool.query(
    `insert into login_event (user_id, identifier_hash, address_bucket, method, outcome, at)
     select $1, 'x', 'x', 'password', 'failure', now() from generate_series(1, 1001) n`,
    [person.userId],
  )
  await pool.query(
    `insert into usage_hour (tenant_id, feature_key, hour, caller_id, units)
     select $1, 'characters', date_trunc('hour', now()) - n * interval '1 hour', 'key_' || c, n
     from generate_series(1, 1200) n, generate_series(1, 2) c`,
    [person.tenantId],
  )
  const { body } = await person.call('POST', '/users/me/export', {})
  const { data } = body as { data: Record<string, Record<string, unknown>[]> }
  const madeUp = data.audit_entry!.filter(({ action }) => action === 'made.up').map(({ id }) => id)
  expect([madeUp.length, new Set(madeUp).size]).toEqual([1000, 1000])
  const failures = data.login_event!.filter(({ outcome }) => outcome === 'failure').map(({ id }) => id)
  expect([failures.length, new Set(failures).size]).toEqual([1001, 1001])
  const hours = data.usage_hour!.filter(({ feature_key }) => feature_key === 'characters')
  expect([hours.length, hours.reduce((sum, { units }) => sum + Number(units), 0)]).toEqual([1200, 1200 * 1201])
})

test('an operator who acts as a person cannot take their data along, nor delete them', async () => {
  await using app = await startTestApp()
  const [person, operator] = [await app.person('Ada'), await app.operator()]
  const started = await operator.call('POST', `/users/${person.userId}/impersonate`, { reason: 'to see what they see' })
  const { accessToken } = started.body as { accessToken: string }
  const as = { authorization: `Bearer ${accessToken}` }
  for (const [method, path] of [
    ['POST', '/users/me/export'],
    ['DELETE', `/users/me?email=${person.email}`],
  ] as const) {
    const answer = await app.call(method, path, method === 'POST' ? {} : undefined, as)
    expect([answer.status, (answer.body as { code: string }).code]).toEqual([403, 'access.impersonated'])
  }
})
