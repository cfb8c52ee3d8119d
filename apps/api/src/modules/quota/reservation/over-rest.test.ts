import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ReservationDecision, ReservationView } from '@tollkeeper/shared'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { freePort } from '../../../http/free-port.ts'
import { type Call, callerOf, startTestApp, type TestApp } from '../../../testing/index.ts'
import { spawnServer } from '../../../testing/spawn-server.ts'
import { checksumOfTenant } from '../../../testing/tenant-rows.ts'

const TOLLKEEPER_SECRET = randomBytes(48).toString('base64')
let app: TestApp
let tenantId: string
let secret: string
let key: Call
let id: string

beforeAll(async () => {
  app = await startTestApp({ environment: { TOLLKEEPER_SECRET } })
  const person = await app.person()
  tenantId = person.tenantId
  const issued = await app.key(person)
  key = issued.call
  secret = issued.secret
  id = await hold(key, { feature: 'characters', amount: 100, expiresIn: 86_400 })
})
afterAll(() => app[Symbol.asyncDispose]())

async function hold(call: Call, body: object): Promise<string> {
  const answer = await call('POST', '/reservations', body)
  expect(answer).toMatchObject({ status: 200, body: { allowed: true } })
  return (answer.body as ReservationDecision).reservationId!
}

/** The tenant's rows, but for the log of decisions, which is written a moment behind them. */
async function rows(): Promise<string[]> {
  const all = await checksumOfTenant(app.services.pool, tenantId)
  return all.split('\n').filter((line) => !line.startsWith('decision_log:'))
}

test('a reservation is made, looked at, committed and released over REST', async () => {
  const body = { feature: 'api_calls', amount: 10, requestId: 'job-7', expiresIn: 60 }
  const [first, again] = [await key('POST', '/reservations', body), await key('POST', '/reservations', body)]
  expect(again.body).toEqual(first.body)
  const { reservationId } = first.body as ReservationDecision
  expect((await key('GET', `/reservations/${reservationId}`)).body).toMatchObject({
    state: 'held',
    amount: 10,
    used: 0,
    returned: 0,
  })
  const committed = await key('POST', `/reservations/${reservationId}/commit`, { amount: 4 })
  expect(committed).toMatchObject({ status: 200, body: { state: 'committed', used: 4, returned: 6 } })
  const other = await hold(key, { feature: 'api_calls' })
  const released = await key('POST', `/reservations/${other}/release`)
  expect(released.body).toMatchObject({ state: 'released', amount: 1, returned: 1 } satisfies Partial<ReservationView>)
})

describe('bad input is refused with a code, and not a row changes', () => {
  const wrong = [0, -1, 1.5, 9_007_199_254_740_992, '5', null, true, [], {}]
  test.each<[string, unknown, number, string, string?]>([
    ...wrong.map((amount): [string, unknown, number, string, string] => [
      '/reservations',
      { feature: 'characters', amount },
      400,
      'input.invalid',
      'amount',
    ]),
    ...wrong.map((amount): [string, unknown, number, string, string] => [
      '/:id/commit',
      { amount },
      400,
      'input.invalid',
      'amount',
    ]),
    ...[0, 86_401, 1.5, '60', null].map((expiresIn): [string, unknown, number, string, string] => [
      '/reservations',
      { feature: 'characters', expiresIn },
      400,
      'input.invalid',
      'expiresIn',
    ]),
    ['/reservations', { feature: 'no_such_feature' }, 400, 'catalog.feature_unknown', 'feature'],
    ['/reservations', { feature: 'seats' }, 400, 'quota.feature_not_metered'],
    ['/reservations', { feature: 'characters', until: 1 }, 400, 'input.invalid', 'until'],
    ['/:id/commit', {}, 400, 'input.invalid', 'amount'],
    ['/:id/commit', { amount: 101 }, 400, 'reservation.amount_above', 'amount'],
    ['/:id/commit', { amount: 1, note: 'x' }, 400, 'input.invalid', 'note'],
    ['/reservations/key_1/commit', { amount: 1 }, 400, 'input.invalid', 'id'],
    ['/reservations/rsv_00000000000000000000000000/commit', { amount: 1 }, 404, 'reservation.not_found'],
    ['/reservations/rsv_00000000000000000000000000/release', {}, 404, 'reservation.not_found'],
  ])('%s %j: %i %s', async (path, body, status, code, field) => {
    const before = await rows()
    const answer = await key('POST', path.replace('/:id', `/reservations/${id}`), body)
    expect(answer).toMatchObject({ status, body: { code } })
    const { faults } = answer.body as { faults?: { path: string }[] }
    if (field) expect(new Set(faults?.map(({ path: where }) => where))).toEqual(new Set([field]))
    expect(await rows()).toEqual(before)
  })
})

test('a reservation of others is answered like one that is not there', async () => {
  const stranger = await app.key(await app.person('Bea'))
  for (const send of [
    (call: Call, which: string) => call('GET', `/reservations/${which}`),
    (call: Call, which: string) => call('POST', `/reservations/${which}/commit`, { amount: 1 }),
    (call: Call, which: string) => call('POST', `/reservations/${which}/release`),
  ]) {
    const { requestId: _, ...foreign } = (await send(stranger.call, id)).body as { requestId: string; instance?: string }
    const { requestId: __, ...missing } = (await send(stranger.call, 'rsv_00000000000000000000000000')).body as typeof foreign & {
      requestId: string
    }
    expect(foreign).toMatchObject({ status: 404, code: 'reservation.not_found' })
    expect({ ...foreign, instance: '' }).toEqual({ ...missing, instance: '' })
  }
})

test('a key without the scope reserves nothing', async () => {
  const reader = await app.key(await app.person('Cleo'), { scopes: ['usage:read'] })
  const answer = await reader.call('POST', '/reservations', { feature: 'characters' })
  expect(answer).toMatchObject({ status: 403, body: { code: 'api_key.scope_missing' } })
})

test('what a server held when it was killed comes back when the time is over, on every other server', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tollkeeper-other-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const port = await freePort('127.0.0.1')
  const other = await spawnServer(port, {
    DATABASE_URL: app.databaseUrl,
    TOLLKEEPER_LOG_LEVEL: 'error',
    TOLLKEEPER_DATA_DIR: folder,
    TOLLKEEPER_SECRET,
    TOLLKEEPER_URL: app.services.publicUrl,
  })
  onTestFinished(() => other.kill())
  const there = callerOf(other.url, { authorization: `Bearer ${secret}` })
  const held = await hold(there, { feature: 'characters', amount: 900, expiresIn: 2 })
  await other.kill()
  const ask = () => key('POST', '/authorize', { feature: 'characters', amount: 900 })
  expect((await ask()).body).toMatchObject({ allowed: false, code: 'quota.limit_reached' })
  await sleep(2_100)
  expect((await ask()).body).toMatchObject({ allowed: true, remaining: 0 })
  expect((await key('GET', `/reservations/${held}`)).body).toMatchObject({ state: 'expired', returned: 900 })
}, 40_000)
