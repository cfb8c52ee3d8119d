import type { Decision, FeatureList } from '@tollkeeper/shared'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../../testing/eventually.ts'
import { callerOf, startTestApp, type TestApp, type TestPerson } from '../../testing/index.ts'
import { operatorWith } from '../operator/testing/operator-with.ts'

let app: TestApp
let owner: TestPerson
beforeAll(async () => {
  app = await startTestApp()
  owner = await app.operator()
})
afterAll(() => app[Symbol.asyncDispose]())

const set = (by: TestPerson, feature: string, leased: unknown) => by.call('PUT', `/features/${feature}/leasing`, { leased })
const isLeased = async (call: TestPerson['call']) =>
  ((await call('GET', '/features')).body as FeatureList).features.find(({ feature }) => feature === 'characters')!.leased
const unitsAhead = async (tenantId: string) => {
  const { rows } = await app.services.pool.query<{ ahead: number }>(
    'select coalesce(sum(leased), 0)::int as ahead from balance where tenant_id = $1',
    [tenantId],
  )
  return rows[0]!.ahead
}
const ask = (person: TestPerson) => person.call('POST', '/authorize', { feature: 'characters', amount: 1 })

test('what an operator says holds on every node: units are taken ahead, and come back when it is taken back', async () => {
  const second = await app.secondNode()
  const person = await app.person()
  const elsewhere = callerOf(second.url, { authorization: `Bearer ${person.accessToken}` })
  expect(await set(owner, 'characters', true)).toMatchObject({ status: 200, body: { feature: 'characters', leased: true } })
  await eventually(() => isLeased(elsewhere), Boolean)
  let asked = 0
  await eventually(
    async () => {
      asked++
      expect((await ask(person)).body as Decision).toMatchObject({ allowed: true })
      return unitsAhead(person.tenantId)
    },
    (ahead) => ahead > 0,
  )
  expect((await set(owner, 'characters', false)).body).toMatchObject({ leased: false })
  await eventually(
    () => unitsAhead(person.tenantId),
    (ahead) => ahead === 0,
  )
  const { remaining, limit } = (await ask(person)).body as Decision
  expect(limit! - remaining!).toBe(asked + 1)
})

test('the trail says who changed it, once', async () => {
  const before = await isLeased(owner.call)
  await set(owner, 'characters', !before)
  await set(owner, 'characters', !before)
  const { rows } = await app.services.pool.query(
    "select actor_id, target, details from audit_entry where action = 'feature.leasing_set' order by at desc, id desc limit 2",
  )
  expect(rows[0]).toEqual({ actor_id: owner.userId, target: 'characters', details: { before, after: !before } })
  expect(rows[1]?.details).not.toEqual({ before, after: !before })
})

test('what each request has to be looked at for is not leased, and nobody but who may write the catalog says so', async () => {
  for (const feature of ['seats', 'storage_mb', 'concurrent_tasks'])
    expect(await set(owner, feature, true)).toMatchObject({ status: 400, body: { code: 'quota.not_leasable' } })
  expect(await set(owner, 'nothing', true)).toMatchObject({ status: 400, body: { code: 'catalog.feature_unknown' } })
  expect((await set(owner, 'characters', 'yes')).body).toMatchObject({ code: 'input.invalid', faults: [{ path: 'leased' }] })
  expect((await set(await operatorWith(app, 'support'), 'characters', true)).body).toMatchObject({
    code: 'operator.permission_missing',
  })
  expect((await set(await app.person(), 'characters', true)).body).toMatchObject({ code: 'access.operator_only' })
})
