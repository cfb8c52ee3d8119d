import { isDeepStrictEqual } from 'node:util'
import type { FailurePolicy, FeatureList } from '@tollkeeper/shared'
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

const open: FailurePolicy = { kind: 'open', cap: 50, perSeconds: 60 }
const set = (by: TestPerson, feature: string, failurePolicy: unknown) =>
  by.call('PUT', `/features/${feature}/failure-policy`, { failurePolicy })
const policies = async (person: TestPerson) => {
  const { features } = (await person.call('GET', '/features')).body as FeatureList
  return Object.fromEntries(features.map(({ feature, failurePolicy }) => [feature, failurePolicy]))
}

test('what is paid for is closed to begin with; only calls that nobody pays singly may pass', async () => {
  const person = await app.person()
  expect(await policies(person)).toEqual({
    characters: { kind: 'closed' },
    api_calls: { kind: 'open', cap: 500, perSeconds: 3600 },
    storage_mb: { kind: 'closed' },
    concurrent_tasks: { kind: 'closed' },
    seats: { kind: 'closed' },
  })
})

test('an app hears what an operator declares, on every node, and the trail says who did', async () => {
  const second = await app.secondNode()
  const person = await app.person()
  expect(await set(owner, 'characters', open)).toMatchObject({ status: 200, body: { feature: 'characters', failurePolicy: open } })
  expect((await policies(person)).characters).toEqual(open)
  const elsewhere = callerOf(second.url, { authorization: `Bearer ${person.accessToken}` })
  await eventually(
    async () => ((await elsewhere('GET', '/features')).body as FeatureList).features[0]!.failurePolicy,
    (told) => isDeepStrictEqual(told, open),
  )
  await set(owner, 'characters', open)
  const { rows } = await app.services.pool.query(
    "select actor_id, target, details from audit_entry where action = 'feature.failure_policy_set'",
  )
  expect(rows).toEqual([
    {
      actor_id: owner.userId,
      target: 'characters',
      details: { before: '{"kind":"closed"}', after: JSON.stringify(open) },
    },
  ])
})

test('nothing may pass that nobody counts, and nobody but who may write the catalog says so', async () => {
  expect(await set(owner, 'seats', open)).toMatchObject({ status: 400, body: { code: 'quota.feature_not_metered' } })
  expect(await set(owner, 'nothing', open)).toMatchObject({ status: 400, body: { code: 'catalog.feature_unknown' } })
  for (const wrong of [{ ...open, cap: 0 }, { ...open, perSeconds: 0.5 }, { kind: 'ajar' }, { kind: 'closed', cap: 1 }]) {
    expect((await set(owner, 'characters', wrong)).body).toMatchObject({ code: 'input.invalid' })
  }
  expect((await set(await operatorWith(app, 'support'), 'characters', open)).body).toMatchObject({
    code: 'operator.permission_missing',
  })
  expect((await set(await app.person(), 'characters', open)).body).toMatchObject({ code: 'access.operator_only' })
})
