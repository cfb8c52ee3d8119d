import type { SignedIn } from '@tollkeeper/shared'
import { expect, test } from 'vitest'
import { manualClock } from '../../kernel/clock.ts'
import { callerOf, startTestApp, type TestApp, type TestPerson } from '../../testing/index.ts'
import { behindProxy, refusal, visitor } from './testing/visitor.ts'

interface Started {
  deviceCode: string
  userCode: string
  verificationUri: string
  verificationUriComplete: string
  expiresIn: number
  interval: number
}

const start = async (app: TestApp) => (await visitor(app)('POST', '/auth/device/code', { client: 'cli' })).body as Started
const poll = (app: Pick<TestApp, 'url'>, deviceCode: string) => visitor(app)('POST', '/auth/device/token', { deviceCode })
const answer = (person: TestPerson, verb: 'approve' | 'deny', userCode: string) =>
  person.call('POST', `//trpc/auth.device.${verb}`, { userCode })

test('a device is let in by the person who approves its code, as that person', async () => {
  const clock = manualClock('2026-11-23T10:00:00Z')
  await using app = await startTestApp({ clock, environment: behindProxy })
  const person = await app.person()
  const started = await start(app)
  expect(started).toMatchObject({ expiresIn: 600, interval: 5, verificationUri: `${app.services.publicUrl}/device` })
  expect(started.userCode).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/)
  expect(started.verificationUriComplete).toBe(`${started.verificationUri}?user_code=${started.userCode}`)

  expect(refusal(await poll(app, started.deviceCode))).toMatchObject({ status: 400, code: 'auth.device_pending' })
  const asked = await person.call(
    'GET',
    `//trpc/auth.device.describe?input=${encodeURIComponent(JSON.stringify({ userCode: started.userCode }))}`,
  )
  expect(asked.body).toMatchObject({ result: { data: { client: 'cli', status: 'pending', userCode: started.userCode } } })
  expect((await answer(person, 'approve', started.userCode.toLowerCase().replace('-', ' '))).status).toBe(200)
  const signedIn = (await poll(app, started.deviceCode)).body as SignedIn
  expect(signedIn).toMatchObject({ user: { id: person.userId }, tenants: [{ id: person.tenantId }], accessTokenExpiresIn: 900 })
  expect((await callerOf(app.url, { authorization: `Bearer ${signedIn.accessToken}` })('GET', '/users/me')).status).toBe(200)
})

test('an approved code gives one session to one of fifty who ask at once, on two nodes', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const second = await app.secondNode()
  const person = await app.person()
  const { deviceCode, userCode } = await start(app)
  await answer(person, 'approve', userCode)
  const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => poll(index % 2 ? app : second, deviceCode)))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  for (const other of answers.filter(({ status }) => status !== 200))
    expect(refusal(other)).toMatchObject({ code: 'auth.device_expired' })
})

test('a device that asks too often is told to slow down, and has to wait five seconds longer', async () => {
  const clock = manualClock('2026-11-23T10:00:00Z')
  await using app = await startTestApp({ clock, environment: behindProxy })
  const { deviceCode } = await start(app)
  const codeAfter = async (milliseconds: number) => {
    clock.advance(milliseconds)
    return ((await poll(app, deviceCode)).body as { code: string }).code
  }
  expect(await codeAfter(0)).toBe('auth.device_pending')
  expect(await codeAfter(4_999)).toBe('auth.device_slow_down')
  expect(await codeAfter(9_999)).toBe('auth.device_slow_down')
  expect(await codeAfter(15_000)).toBe('auth.device_pending')
})

test('a code that was refused, has expired or was made up lets nobody in', async () => {
  const clock = manualClock('2026-11-23T10:00:00Z')
  await using app = await startTestApp({ clock, environment: behindProxy })
  const person = await app.person()
  const denied = await start(app)
  await answer(person, 'deny', denied.userCode)
  expect(refusal(await poll(app, denied.deviceCode))).toMatchObject({ status: 403, code: 'auth.device_denied' })
  const late = await start(app)
  clock.advance(600_000)
  expect(refusal(await answer(person, 'approve', late.userCode))).toMatchObject({ status: 400 })
  expect(refusal(await poll(app, late.deviceCode))).toMatchObject({ status: 400, code: 'auth.device_expired' })
  expect(refusal(await poll(app, 'made up'))).toMatchObject({ status: 400, code: 'auth.device_expired' })
})

test('a code is answered once: who approved cannot be replaced, nor a refusal undone', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const [ada, eve] = [await app.person('Ada'), await app.person('Eve')]
  const { deviceCode, userCode } = await start(app)
  expect((await answer(ada, 'approve', userCode)).status).toBe(200)
  expect((await answer(eve, 'approve', userCode)).status).toBe(400)
  expect((await answer(eve, 'deny', userCode)).status).toBe(400)
  expect((await poll(app, deviceCode)).body).toMatchObject({ user: { id: ada.userId } })
})

test('nobody approves a code without being signed in, and the code a person types is no use to poll with', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const { userCode } = await start(app)
  expect((await visitor(app)('POST', '//trpc/auth.device.approve', { userCode })).status).toBe(401)
  expect(refusal(await poll(app, userCode))).toMatchObject({ code: 'auth.device_expired' })
})

test('a person suspended between approval and the next poll does not come in', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const person = await app.person()
  const { deviceCode, userCode } = await start(app)
  await answer(person, 'approve', userCode)
  await app.services.pool.query(`update "user" set status = 'suspended' where id = $1`, [person.userId])
  expect(refusal(await poll(app, deviceCode))).toMatchObject({ status: 403, code: 'auth.user_suspended' })
})

test('the device code is stored as a hash', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const { deviceCode } = await start(app)
  const { rows } = await app.services.pool.query<{ device_code: string }>('select device_code from device_code')
  expect(rows).toHaveLength(1)
  expect(rows[0]!.device_code).not.toBe(deviceCode)
})

test('a device that was sent away stands in the history of who did it, once', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const person = await app.person()
  const { deviceCode, userCode } = await start(app)
  await answer(person, 'deny', userCode)
  await poll(app, deviceCode)
  await poll(app, deviceCode)
  const { body } = await person.call('GET', '/users/me/login-history')
  const ofDevices = (body as { rows: { method: string }[] }).rows.filter(({ method }) => method === 'device')
  expect(ofDevices).toMatchObject([{ outcome: 'failure', reason: 'denied' }])
})
