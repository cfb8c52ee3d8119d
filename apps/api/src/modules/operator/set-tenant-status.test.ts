import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../../testing/eventually.ts'
import { type Call, callerOf, startTestApp, type TestApp, type TestPerson } from '../../testing/index.ts'

let app: TestApp
let owner: TestPerson

beforeAll(async () => {
  app = await startTestApp()
  owner = await app.operator()
})
afterAll(() => app[Symbol.asyncDispose]())

const setStatus = (tenantId: string, status: string) =>
  owner.call('PUT', `/tenants/${tenantId}/status`, { status, reason: 'Did not answer three letters' })
const ask = { feature: 'characters', amount: 1 }
const event = () => ({ events: [{ id: crypto.randomUUID(), feature: 'characters', amount: 1 }] })

test('a suspended tenant is refused by every node soon: decisions, usage, and every use of its keys', async () => {
  const node = await app.secondNode()
  const ada = await app.person()
  const key = await app.key(ada, { scopes: ['decision:ask', 'usage:read', 'usage:write', 'billing:read'] })
  const there = callerOf(node.url, { authorization: `Bearer ${key.secret}` })
  for (const call of [key.call, there]) {
    expect((await call('POST', '/authorize', ask)).body).toMatchObject({ allowed: true })
    expect((await call('GET', '/usage/current')).status).toBe(200)
  }
  expect((await setStatus(ada.tenantId, 'suspended')).status).toBe(200)
  await eventually(
    () => there('POST', '/authorize', ask),
    ({ body }) => (body as { code: string }).code === 'tenant.suspended',
  )
  // that one may have been read anew for another reason; what else is remembered there goes with the feed
  await node.services.changes.catchUp()
  for (const call of [key.call, there]) await refusesEverything(call)
  await refusesDecisions(ada.call)

  expect((await ada.call('GET', '/usage/current')).status).toBe(200)
  expect((await ada.call('POST', '/api-keys', { name: 'another' })).body).toMatchObject({ code: 'tenant.suspended' })
  const shown = await owner.call('GET', `//trpc/operator.tenant?input=${encodeURIComponent(JSON.stringify({ id: ada.tenantId }))}`)
  expect(shown.body).toMatchObject({
    result: { data: { tenant: { status: 'suspended', statusReason: 'Did not answer three letters' } } },
  })
  const trail = (await ada.call('GET', '/audit')).body as { rows: object[] }
  expect(trail.rows).toContainEqual(expect.objectContaining({ action: 'tenant.suspended', target: ada.tenantId }))

  await setStatus(ada.tenantId, 'active')
  await eventually(
    () => there('POST', '/authorize', ask),
    ({ body }) => (body as { allowed: boolean }).allowed,
  )
  expect((await key.call('GET', '/usage/current')).status).toBe(200)
})

test('a tenant that is not there cannot be suspended', async () => {
  expect((await setStatus('ten_00000000000000000000000000', 'suspended')).body).toMatchObject({ code: 'tenant.not_found' })
})

async function refusesDecisions(call: Call): Promise<void> {
  for (const path of ['/authorize', '/check'])
    expect((await call('POST', path, ask)).body, path).toMatchObject({ allowed: false, code: 'tenant.suspended' })
  expect((await call('POST', '/explain', ask)).body).toMatchObject({
    steps: expect.arrayContaining([expect.objectContaining({ step: 'status', outcome: 'refused', code: 'tenant.suspended' })]),
  })
  expect((await call('POST', '/usage', event())).body).toMatchObject({ code: 'tenant.suspended' })
}

async function refusesEverything(call: Call): Promise<void> {
  await refusesDecisions(call)
  for (const path of ['/usage/current', '/usage/daily?feature=characters', '/subscriptions/invoices'])
    expect((await call('GET', path)).body, path).toMatchObject({ code: 'tenant.suspended' })
}
