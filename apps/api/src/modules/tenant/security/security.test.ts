import { expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import { eventually } from '../../../testing/eventually.ts'
import { callerOf, startTestApp } from '../../../testing/index.ts'
import { setUpTotp } from '../../auth/testing/authenticator.ts'
import { refusal } from '../../auth/testing/visitor.ts'

test('a tenant that asks for two factors holds its members to it at once, on every node and in sessions in force; its keys go on', async () => {
  const clock = manualClock('2026-11-25T10:00:00Z')
  await using app = await startTestApp({ clock })
  const owner = await app.person()
  const key = await app.key(owner)
  const other = await app.secondNode()
  const path = `/tenants/${owner.tenantId}/security`
  expect(refusal(await owner.call('PUT', path, { secondFactorRequired: true }))).toMatchObject({
    code: 'auth.second_factor_missing',
  })
  const totp = await setUpTotp(owner, clock)
  expect(await owner.call('PUT', path, { secondFactorRequired: true })).toMatchObject({
    status: 200,
    body: { secondFactorRequired: true },
  })
  expect(await owner.call('GET', '/api-keys')).toMatchObject({ status: 200 })
  expect(await owner.call('GET', '/users/me/second-factor')).toMatchObject({ body: { enabled: true, requiredBy: ["Ada's space"] } })

  // without it their session goes on, but not in the tenant
  expect(await owner.call('DELETE', '/users/me/second-factor/totp')).toMatchObject({ status: 200 })
  const elsewhere = callerOf(other.url, { authorization: `Bearer ${owner.accessToken}` })
  for (const call of [owner.call, elsewhere]) {
    await eventually(
      () => call('GET', '/api-keys'),
      ({ body }) => (body as { code?: string }).code === 'tenant.second_factor_needed',
    )
    expect(refusal(await call('POST', '/authorize', { feature: 'characters' }))).toMatchObject({
      code: 'tenant.second_factor_needed',
    })
    expect(await call('GET', '/users/me')).toMatchObject({ status: 200 })
  }
  expect(await key.call('POST', '/authorize', { feature: 'characters', amount: 1 })).toMatchObject({ status: 200 })

  const again = await setUpTotp(owner, clock)
  expect(again.secret).not.toBe(totp.secret)
  expect(await owner.call('GET', '/api-keys')).toMatchObject({ status: 200 })
  const { rows } = await app.services.pool.query(
    `select actor_id, details from audit_entry where action = 'tenant.security_changed'`,
  )
  expect(rows).toEqual([{ actor_id: owner.userId, details: { secondFactorRequired: true } }])
}, 60_000)
