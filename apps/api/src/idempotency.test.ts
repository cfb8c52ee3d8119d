import { expect, test } from 'vitest'
import { startTestApp } from './testing/index.ts'

test('a mutation sent again with its Idempotency-Key is done once and answered the same', async () => {
  await using app = await startTestApp()
  const owner = await app.person()
  const create = (name: string, key: string) => owner.call('POST', '/tenants', { name }, { 'idempotency-key': key })
  const twins = await Promise.all(Array.from({ length: 10 }, () => create('Acme', 'first')))
  expect(new Set(twins.map(({ body }) => JSON.stringify(body))).size).toBe(1)
  expect(twins.map(({ status }) => status)).toEqual(Array(10).fill(201))
  expect((await create('Other name', 'first')).body).toMatchObject({ status: 409, code: 'idempotency.conflict' })
  const { body } = await owner.call('GET', '/tenants')
  expect((body as { tenants: unknown[] }).tenants).toHaveLength(2)
})

test('a secret is shown once: the same Idempotency-Key does not show it again, and makes no second key', async () => {
  await using app = await startTestApp()
  const owner = await app.person()
  const issue = () => owner.call('POST', '/api-keys', { name: 'ci' }, { 'idempotency-key': 'issue-ci' })
  expect((await issue()).status).toBe(201)
  expect((await issue()).body).toMatchObject({ status: 409, code: 'idempotency.not_repeatable' })
  const { body } = await owner.call('GET', '/api-keys')
  expect((body as { rows: unknown[] }).rows).toHaveLength(1)
})

test('a refused mutation leaves its Idempotency-Key free', async () => {
  await using app = await startTestApp()
  const owner = await app.person()
  const create = (name: unknown) => owner.call('POST', '/tenants', { name }, { 'idempotency-key': 'k' })
  expect((await create('')).status).toBe(400)
  expect((await create('Acme')).status).toBe(201)
})
