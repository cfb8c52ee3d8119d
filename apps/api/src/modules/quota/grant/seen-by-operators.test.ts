import type { OverrideView, UsageCaps } from '@tollkeeper/shared'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestPerson } from '../../../testing/index.ts'
import { operatorWith } from '../../operator/testing/operator-with.ts'

let app: TestApp
let owner: TestPerson
beforeAll(async () => {
  app = await startTestApp()
  owner = await app.operator()
})
afterAll(() => app[Symbol.asyncDispose]())

const limit = (person: TestPerson, feature: string, body: object) =>
  owner.call('PUT', `/tenants/${person.tenantId}/limits/${feature}`, { reason: 'Agreed by phone', ...body })
const overrides = async (person: TestPerson, by = owner) =>
  ((await by.call('GET', `/tenants/${person.tenantId}/limits`)).body as { overrides: OverrideView[] }).overrides

test("a limit in place of the plan's is listed with what the plan says, until it is removed or has come to its end", async () => {
  const person = await app.person()
  const endsAt = new Date(Date.now() + 86_400_000).toISOString()
  expect((await limit(person, 'characters', { limit: 5_000, endsAt })).status).toBe(200)
  expect((await limit(person, 'api_calls', { limit: null })).status).toBe(200)
  const by = { reason: 'Agreed by phone', createdBy: owner.userId, createdAt: expect.any(String) }
  expect(await overrides(person)).toEqual([
    { feature: 'api_calls', limit: null, planLimit: 10_000, endsAt: null, ...by },
    { feature: 'characters', limit: 5_000, planLimit: 1_000, endsAt, ...by },
  ])
  expect(await overrides(await app.person())).toEqual([])
  await owner.call('DELETE', `/tenants/${person.tenantId}/limits/api_calls`)
  await app.services.pool.query('update entitlement_override set ends_at = now() where tenant_id = $1', [person.tenantId])
  expect(await overrides(person)).toEqual([])
})

test('operators see what a tenant caps, of that tenant alone', async () => {
  const [person, other] = [await app.person(), await app.person()]
  await person.call('PUT', '/usage/caps', { feature: 'characters', holder: 'each_key', limit: 50 })
  await person.call('PUT', '/usage/spend-cap', { feature: 'characters', amountMinor: 700 })
  const caps = async (of: TestPerson) => (await owner.call('GET', `/tenants/${of.tenantId}/caps`)).body as UsageCaps
  expect(await caps(person)).toEqual({
    caps: [{ feature: 'characters', holder: 'each_key', limit: 50, used: 0 }],
    spend: [{ feature: 'characters', amountMinor: 700 }],
  })
  expect(await caps(other)).toEqual({ caps: [], spend: [] })
})

test('whoever may look at tenants sees both; a member, of their own tenant too, is told that it is for operators', async () => {
  const person = await app.person()
  const viewer = await operatorWith(app, 'viewer')
  for (const path of ['limits', 'caps']) {
    expect((await viewer.call('GET', `/tenants/${person.tenantId}/${path}`)).status).toBe(200)
    expect((await person.call('GET', `/tenants/${person.tenantId}/${path}`)).body).toMatchObject({ code: 'access.operator_only' })
  }
})
