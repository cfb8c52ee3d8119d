import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Call, startTestApp, type TestApp } from '../../testing/index.ts'

let app: TestApp
let key: Call
beforeAll(async () => {
  app = await startTestApp()
  key = (await app.key(await app.person('Ada'))).call
})
afterAll(() => app[Symbol.asyncDispose]())

const report = (body: unknown) => key('POST', '/usage', body as object)

test('one event as the body is counted and answered as a list of one, and once under its id whichever way it comes', async () => {
  const event = { id: 'one', feature: 'characters', amount: 3 }
  const counted = { id: 'one', state: 'counted', code: null, path: null }
  expect(await report(event)).toMatchObject({
    status: 200,
    body: { counted: 1, duplicates: 0, rejected: 0, events: [counted] },
  })
  expect((await report({ events: [event] })).body).toMatchObject({ counted: 0, duplicates: 1 })
  expect((await report(event)).body).toMatchObject({ counted: 0, duplicates: 1, events: [{ id: 'one', state: 'duplicate' }] })
})

test('what is wrong with one event is told at its own fields', async () => {
  const faultsOf = async (body: unknown) => {
    const { status, body: problem } = await report(body)
    const { code, faults } = problem as { code: string; faults: { path: string }[] }
    return [status, code, ...faults.map(({ path }) => path)]
  }
  expect(await faultsOf({ id: 'bad', feature: 'characters', amount: -1 })).toEqual([400, 'input.invalid', 'amount'])
  expect(await faultsOf({ feature: 'characters' })).toEqual([400, 'input.invalid', 'id'])
  expect(await faultsOf({ id: 'bad', feature: 'characters', isAdmin: true })).toEqual([400, 'input.invalid', 'isAdmin'])
  expect(await faultsOf({ events: [{ id: 'bad', feature: 'characters', amount: -1 }] })).toEqual([
    ...[400, 'input.invalid', 'events.0.amount'],
  ])
  expect((await report({ id: 'old', feature: 'characters', at: '2020-01-01T00:00:00Z' })).body).toMatchObject({
    rejected: 1,
    events: [{ id: 'old', code: 'quota.event_too_old', path: 'at' }],
  })
  expect((await report({ id: 'no', feature: 'no_such' })).body).toMatchObject({ events: [{ path: 'feature' }] })
})

test('a body that is neither an event nor a list of them is refused for want of a list', async () => {
  for (const body of ['{}', '[]', '[{"id":"a","feature":"characters"}]', '7', 'null'])
    expect((await report(body)).status, body).toBe(400)
})

test('the document says that the body is one event or a list of them', async () => {
  const { body } = await app.call('GET', '/openapi.json')
  const { paths } = body as {
    paths: Record<string, { post: { requestBody: { content: Record<string, { schema: { anyOf: object[] } }> } } }>
  }
  const { anyOf } = paths['/usage']!.post.requestBody.content['application/json']!.schema
  expect(anyOf).toMatchObject([{ properties: { id: {}, feature: {} } }, { properties: { events: { type: 'array' } } }])
})
