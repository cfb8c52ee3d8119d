import { expect, test } from 'vitest'
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
