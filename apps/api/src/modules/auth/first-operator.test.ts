import { expect, test } from 'vitest'
import { startTestApp } from '../../testing/index.ts'
import { ensureFirstOperator } from './first-operator.ts'
import { refusal } from './testing/visitor.ts'

const unset = { TOLLKEEPER_OPERATOR_EMAIL: '', TOLLKEEPER_OPERATOR_PASSWORD: '' }

test('the first start makes an operator with a password that was never used before, and shows it once', async () => {
  await using app = await startTestApp({ environment: unset })
  const { email, password, created } = app.server.operator
  expect({ email, created }).toEqual({ email: 'operator@tollkeeper.local', created: true })
  expect(password).toMatch(/^[0-9a-f]{6}(-[0-9a-f]{6}){4}$/)
  const answer = await app.call('POST', '/auth/login', { email, password })
  expect(answer.body).toMatchObject({ user: { operatorRole: 'owner', emailVerified: true }, tenants: [{ role: 'owner' }] })
  expect(await ensureFirstOperator(app.services)).toEqual({ email, password: null, created: false })
})

test('a preset password is used, and never shown', async () => {
  await using app = await startTestApp()
  expect(app.server.operator).toEqual({ email: 'operator@tollkeeper.test', password: null, created: true })
  const operator = await app.operator()
  expect((await operator.call('GET', '/users/me')).body).toMatchObject({ user: { operatorRole: 'owner' } })
})

test('a preset password that stands on the breach list stops the start', async () => {
  const environment = { TOLLKEEPER_OPERATOR_PASSWORD: '123456qwerty' }
  await expect(startTestApp({ environment })).rejects.toMatchObject({ code: 'auth.password_refused' })
})

test('of several nodes that start at once, one makes the operator', async () => {
  await using app = await startTestApp({ environment: unset })
  await app.services.pool.query(`update "user" set operator_role = null, email = 'former@example.test'`)
  const made = await Promise.all(Array.from({ length: 8 }, () => ensureFirstOperator(app.services)))
  expect(made.filter(({ created }) => created)).toHaveLength(1)
  expect(new Set(made.map(({ email }) => email))).toEqual(new Set(['operator@tollkeeper.local']))
  const { rows } = await app.services.pool.query(`select 1 from "user" where operator_role = 'owner'`)
  expect(rows).toHaveLength(1)
})

test('who registers with the address of the operator becomes nobody by that', async () => {
  await using app = await startTestApp()
  await app.call('POST', '/auth/register', { email: 'operator@tollkeeper.test', password: 'orchard lantern 57', name: 'Eve' })
  const answer = await app.call('POST', '/auth/login', { email: 'operator@tollkeeper.test', password: 'orchard lantern 57' })
  expect(refusal(answer)).toMatchObject({ status: 401, code: 'auth.invalid_credentials' })
})
