import type { CurrentUsage, Lease, LeaseAnswer } from '@tollkeeper/shared'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { manualClock } from '../../kernel/clock.ts'
import { type Call, callerOf, startTestApp, type TestApp } from '../../testing/index.ts'
import { quotaJobs } from '../quota/index.ts'

const NOW = '2026-11-23T10:00:00.000Z'
const clock = manualClock(NOW)
let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ clock })
})
beforeEach(() => clock.set(NOW))
afterAll(() => app[Symbol.asyncDispose]())

const newKey = async (): Promise<Call> => (await app.key(await app.person())).call
const take = async (call: Call, input: object = {}) =>
  (await call('POST', '/leases', { feature: 'characters', units: 400, expiresIn: 60, ...input })).body as LeaseAnswer
const settle = (call: Call, { leaseId }: Lease, used: number) => call('POST', `/leases/${leaseId}/settle`, { used })
const characters = async (call: Call) => {
  const { features } = (await call('GET', '/usage/current')).body as CurrentUsage
  const { used, reserved, remaining } = features.find(({ feature }) => feature === 'characters')!
  return { used, reserved, remaining }
}
const runJobs = () => quotaJobs.find(({ name }) => name === 'quota.expire_reservations')!.handle(app.services, {})

test('units of a lease are taken at once, and what was not used of them comes back when it is settled', async () => {
  const call = await newKey()
  const { decision, lease } = await take(call)
  expect(decision).toMatchObject({ allowed: true, remaining: 600 })
  expect(lease).toMatchObject({ units: 400, expiresAt: '2026-11-23T10:01:00.000Z', settleBy: '2026-11-24T10:01:00.000Z' })
  expect(await characters(call)).toEqual({ used: 0, reserved: 400, remaining: 600 })
  expect((await take(call, { units: 601 })).lease, 'nobody gets them a second time').toBeNull()
  expect(await settle(call, lease!, 150)).toMatchObject({ status: 200, body: { units: 400, used: 150, returned: 250 } })
  expect(await settle(call, lease!, 150), 'the same again is answered the same').toMatchObject({ status: 200, body: { used: 150 } })
  expect((await settle(call, lease!, 151)).body).toMatchObject({ code: 'reservation.settled' })
  expect(await characters(call)).toEqual({ used: 150, reserved: 0, remaining: 850 })
})

test('a lease that was not used comes back whole; more than it has cannot be settled; another tenant’s is none', async () => {
  const [call, other] = [await newKey(), await newKey()]
  const { lease } = await take(call)
  expect((await settle(call, lease!, 401)).body).toMatchObject({ code: 'reservation.amount_above' })
  expect((await settle(other, lease!, 1)).body).toMatchObject({ code: 'reservation.not_found' })
  expect(await settle(call, lease!, 0)).toMatchObject({ status: 200, body: { used: 0, returned: 400 } })
  expect(await characters(call)).toEqual({ used: 0, reserved: 0, remaining: 1000 })
})

test('time alone gives nothing back: after the expiry it stays taken, can still be settled for a day, and then all of it counts as used', async () => {
  const call = await newKey()
  const [late, never] = [(await take(call)).lease!, (await take(call, { feature: 'api_calls', units: 100 })).lease!]
  clock.set('2026-11-23T23:59:00.000Z')
  await runJobs()
  expect(await characters(call)).toEqual({ used: 0, reserved: 400, remaining: 600 })
  expect(await settle(call, late, 10)).toMatchObject({ status: 200, body: { returned: 390 } })
  clock.set('2026-11-24T10:01:00.000Z')
  expect((await settle(call, never, 1)).body, 'too late to say so').toMatchObject({ code: 'reservation.settled' })
  const { rows } = await app.services.pool.query('select state, used::int from reservation where id = $1', [never.leaseId])
  expect(rows).toEqual([{ state: 'committed', used: 100 }])
})

test('what nobody settles is counted by the job, once, and kept by the ledger', async () => {
  const call = await newKey()
  const { lease } = await take(call, { feature: 'api_calls', units: 70 })
  clock.set('2026-11-24T10:00:59.999Z')
  await runJobs()
  const state = async () =>
    (await app.services.pool.query('select state, used::int from reservation where id = $1', [lease!.leaseId])).rows[0]
  expect(await state()).toEqual({ state: 'held', used: 0 })
  clock.set('2026-11-24T10:01:00.000Z')
  await Promise.all([runJobs(), runJobs()])
  expect(await state()).toEqual({ state: 'committed', used: 70 })
  const { rows } = await app.services.pool.query('select kind, units::int from quota_entry where reservation_id = $1 order by id', [
    lease!.leaseId,
  ])
  expect(rows).toEqual([
    { kind: 'reserve', units: 70 },
    { kind: 'commit', units: 70 },
  ])
})

test('the same requestId is answered with the same lease', async () => {
  const call = await newKey()
  const [first, second] = [await take(call, { requestId: 'one' }), await take(call, { requestId: 'one' })]
  expect(second.lease!.leaseId).toBe(first.lease!.leaseId)
  expect(await characters(call)).toMatchObject({ reserved: 400 })
})

test('anybody can verify a lease with the published keys, and it opens nothing', async () => {
  const person = await app.person()
  const key = await app.key(person)
  const { lease } = await take(key.call)
  const jwks = (await app.call('GET', '//.well-known/jwks.json')).body
  const { payload, protectedHeader } = await jwtVerify(lease!.token, createLocalJWKSet(jwks as never), {
    issuer: app.services.publicUrl,
    audience: 'tollkeeper-lease',
    typ: 'tollkeeper-lease+jwt',
    algorithms: ['EdDSA'],
    currentDate: new Date(NOW),
  })
  expect(protectedHeader.alg).toBe('EdDSA')
  expect(payload).toMatchObject({ sub: person.tenantId, jti: lease!.leaseId, feature: 'characters', units: 400, caller: key.id })
  expect(payload.exp).toBe(Date.parse(lease!.expiresAt) / 1000)
  const asAccess = await callerOf(app.url, { authorization: `Bearer ${lease!.token}` })('GET', '/users/me')
  expect(asAccess).toMatchObject({ status: 401, body: { code: 'auth.token_invalid' } })
})

test('a refused lease says why and what would help, and takes nothing', async () => {
  const call = await newKey()
  const { decision, lease } = await take(call, { units: 1001 })
  expect(lease).toBeNull()
  expect(decision).toMatchObject({ allowed: false, code: 'quota.limit_reached', remaining: 1000 })
  expect(decision.remedies.map(({ kind }) => kind)).toContain('upgrade')
  expect((await call('POST', '/leases', { feature: 'seats', units: 1 })).body).toMatchObject({ code: 'quota.feature_not_metered' })
})
