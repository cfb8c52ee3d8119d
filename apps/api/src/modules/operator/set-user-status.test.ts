import type { SignedIn } from '@tollkeeper/shared'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../../testing/eventually.ts'
import { callerOf, startTestApp, type TestApp, type TestPerson } from '../../testing/index.ts'
import { operatorWith } from './testing/operator-with.ts'

let app: TestApp
let owner: TestPerson

beforeAll(async () => {
  app = await startTestApp()
  owner = await app.operator()
})
afterAll(() => app[Symbol.asyncDispose]())

const reason = 'Sends spam from every address there is'

test('a suspended person is refused at once here and soon by every other node, and whatever they held is gone for good', async () => {
  const node = await app.secondNode()
  const ada = await app.person()
  const other = callerOf(node.url, { authorization: `Bearer ${ada.accessToken}` })
  expect((await other('GET', '/users/me')).status).toBe(200)
  const device = (await app.call('POST', '/auth/device/code', {})).body as { deviceCode: string; userCode: string }
  await ada.call('POST', '//trpc/auth.device.approve', { userCode: device.userCode })
  expect((await owner.call('PUT', `/users/${ada.userId}/status`, { status: 'suspended', reason })).status).toBe(200)

  expect((await ada.call('GET', '/users/me')).status).toBe(401)
  await eventually(
    () => other('GET', '/users/me'),
    ({ status }) => status === 401,
  )
  expect((await app.call('POST', '/auth/refresh', { refreshToken: ada.refreshToken })).body).toMatchObject({
    code: 'auth.session_ended',
  })
  expect((await app.call('POST', '/auth/login', { email: ada.email, password: ada.password })).body).toMatchObject({
    code: 'auth.user_suspended',
  })
  const polled = await app.call('POST', '/auth/device/token', { deviceCode: device.deviceCode })
  expect(polled.body).toMatchObject({ code: 'auth.device_expired' })

  const detail = await owner.call('GET', `/users/${ada.userId}`)
  expect(detail.body).toMatchObject({ status: 'suspended', statusReason: reason, sessions: [] })
  expect((detail.body as { audit: object[] }).audit).toContainEqual(
    expect.objectContaining({ action: 'user.suspended', actor: expect.objectContaining({ id: owner.userId }), target: ada.userId }),
  )

  await owner.call('PUT', `/users/${ada.userId}/status`, { status: 'active', reason: 'It was a mistake' })
  expect((await ada.call('GET', '/users/me')).status).toBe(401)
  expect((await app.call('POST', '/auth/refresh', { refreshToken: ada.refreshToken })).status).toBe(401)
  const back = await app.call('POST', '/auth/login', { email: ada.email, password: ada.password })
  expect((back.body as SignedIn).user.status).toBe('active')
})

test('an operator can suspend neither themselves nor somebody who holds more than they do', async () => {
  const support = await operatorWith(app, 'support')
  const admin = await operatorWith(app, 'admin')
  const suspend = (by: TestPerson, whom: TestPerson) =>
    by.call('PUT', `/users/${whom.userId}/status`, { status: 'suspended', reason })
  expect((await suspend(owner, owner)).body).toMatchObject({ code: 'operator.own_account' })
  expect((await suspend(support, admin)).body).toMatchObject({ code: 'operator.beyond_role' })
  expect((await suspend(admin, owner)).body).toMatchObject({ code: 'operator.beyond_role' })
  expect((await suspend(await operatorWith(app, 'viewer'), await app.person())).body).toMatchObject({
    code: 'operator.permission_missing',
  })
  expect((await suspend(admin, support)).status).toBe(200)
})

test('a suspension says why, and without a reason there is none', async () => {
  const ada = await app.person()
  const answer = await owner.call('PUT', `/users/${ada.userId}/status`, { status: 'suspended' })
  expect(answer).toMatchObject({ status: 400, body: { code: 'input.invalid', faults: [{ path: 'reason' }] } })
  expect((await ada.call('GET', '/users/me')).status).toBe(200)
})
