import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Call, startTestApp, type TestApp, type TestPerson } from '../../testing/index.ts'
import { checksumOfTenant } from '../../testing/tenant-rows.ts'
import { type Refusal, sendOver, type Wire, wires } from './testing/both-wires.ts'
import { callsWithAmounts } from './testing/calls-with-amounts.ts'
import { defineFeatures, putOnTerms } from './testing/terms.ts'

let app: TestApp
let ada: TestPerson
const callers: Partial<Record<'key' | 'owner' | 'operator' | 'stranger', Call>> = {}

beforeAll(async () => {
  app = await startTestApp()
  ada = await app.person('Ada')
  await defineFeatures(app.services, [
    { key: 'dark_mode', kind: 'boolean' },
    { key: 'most_pages', kind: 'static' },
    { key: 'credits', kind: 'credit_system' },
    { key: 'image', credits: { featureKey: 'credits', units: 5, per: 1 } },
    { key: 'peak', aggregation: 'max' },
    { key: 'size', aggregation: 'latest' },
    { key: 'people', aggregation: 'unique' },
    { key: 'unsold' },
  ])
  const metered = ['characters', 'credits', 'peak', 'people'].map((feature) => ({ feature, limit: 100 }))
  const others = ['concurrent_tasks', 'seats', 'dark_mode', 'most_pages'].map((feature) => {
    return { feature, limit: 5, cadence: 'never' }
  })
  await putOnTerms(app.services, ada.tenantId, [...metered, ...others])
  await app.services.changes.catchUp()
  callers.key = (await app.key(ada)).call
  callers.owner = ada.call
  callers.operator = (await app.operator()).call
  callers.stranger = (await app.key(await app.person('Eve'))).call
})
afterAll(() => app[Symbol.asyncDispose]())

type Caller = keyof typeof callers

const send = (wire: Wire, name: string, caller: Caller, input: Record<string, unknown>) =>
  sendOver(wire, callers[caller]!, name, input)

/** Sends it on both wires; neither leaves a trace in the tenant's rows. */
async function refused(name: string, caller: Caller, input: Record<string, unknown>): Promise<Refusal> {
  const answers: Refusal[] = []
  for (const wire of wires) {
    const before = await checksumOfTenant(app.services.pool, ada.tenantId)
    const { status, answer } = await send(wire, name, caller, input)
    expect(await checksumOfTenant(app.services.pool, ada.tenantId), `${wire} leaves no trace`).toBe(before)
    const { code, next, faults, decisionId } = answer as Refusal
    expect(next, 'says what to do next').toEqual(expect.any(String))
    answers.push({ status, code, next, ...(faults ? { faults } : {}), ...(decisionId ? { decisionId } : {}) })
  }
  expect(answers[1]).toEqual(answers[0])
  return answers[0]!
}

const tell = ({ status, code, faults = [] }: Refusal) => [status, code, ...new Set(faults.map(({ path }) => path))]

const calls = callsWithAmounts(() => ada.tenantId)

const noUnits = ['0', '-1', '1.5', '9007199254740992', '9007199254740993', '1e400', '-1e400', '"5"', '{}', '[]', 'true']
const named = Object.keys(calls)
const counting = named.filter((name) => calls[name]!.amount !== null)

test.each(counting)('%s refuses what is no number of units at its path on both wires, and nothing is charged', async (name) => {
  const { caller, of, amount, zero = false } = calls[name]!
  for (const units of noUnits.filter((one) => !(zero && one === '0')))
    expect([units, ...tell(await refused(name, caller, of('characters', `raw:${units}`)))]).toEqual([
      units,
      400,
      'input.invalid',
      amount,
    ])
})

test.each(named.filter((name) => calls[name]!.feature !== null))('%s refuses a feature that is in no catalog', async (name) => {
  const { caller, of, feature } = calls[name]!
  expect(tell(await refused(name, caller, of('no_such', 1)))).toEqual([400, 'catalog.feature_unknown', feature])
  expect(tell(await refused(name, caller, of('Not a key', 1)))).toEqual([400, 'input.invalid', feature])
})

test.each(named)('%s refuses a field that nobody declared, by name', async (name) => {
  const { caller, of } = calls[name]!
  expect(tell(await refused(name, caller, { ...of('characters', 1), isAdmin: true }))).toEqual([400, 'input.invalid', 'isAdmin'])
})

test.each<[string, string, string, number]>([
  ['quota.reserve', 'concurrent_tasks', 'quota.feature_not_metered', 400],
  ['quota.reserve', 'dark_mode', 'quota.feature_not_metered', 400],
  ['quota.reserve', 'most_pages', 'quota.feature_not_metered', 400],
  ['quota.reserve', 'peak', 'quota.not_reservable', 400],
  ['quota.reserve', 'people', 'quota.resource_missing', 400],
  ['lease.take', 'concurrent_tasks', 'quota.feature_not_metered', 400],
  ['lease.take', 'dark_mode', 'quota.feature_not_metered', 400],
  ['lease.take', 'peak', 'quota.not_reservable', 400],
  ['quota.authorize', 'people', 'quota.resource_missing', 400],
  ['quota.check', 'people', 'quota.resource_missing', 400],
  ['quota.explain', 'people', 'quota.resource_missing', 400],
  ['quota.gauge.acquire', 'characters', 'quota.feature_not_held', 400],
  ['quota.gauge.acquire', 'credits', 'quota.feature_not_held', 400],
  ['quota.gauge.acquire', 'dark_mode', 'quota.feature_not_held', 400],
  ['quota.gauge.acquire', 'seats', 'quota.counted_by_members', 409],
  ['quota.gauge.release', 'characters', 'quota.feature_not_held', 400],
  ['quota.gauge.release', 'seats', 'quota.counted_by_members', 409],
  ['quota.cap.set', 'dark_mode', 'quota.feature_not_metered', 400],
  ['quota.cap.set', 'image', 'quota.paid_in_credits', 409],
  ['quota.cap.set', 'seats', 'quota.counted_by_members', 409],
  ['quota.cap.setSpend', 'image', 'quota.paid_in_credits', 409],
  ['quota.grant.grant', 'dark_mode', 'quota.feature_not_metered', 400],
  ['quota.grant.grant', 'most_pages', 'quota.feature_not_metered', 400],
  ['quota.grant.grant', 'image', 'quota.paid_in_credits', 409],
  ['quota.grant.grant', 'peak', 'quota.not_grantable', 409],
  ['quota.grant.grant', 'size', 'quota.not_grantable', 409],
  ['quota.grant.grant', 'seats', 'quota.counted_by_members', 409],
  ['quota.grant.overrideLimit', 'image', 'quota.paid_in_credits', 409],
])('%s refuses %s, a feature of another kind: %s', async (name, feature, code, status) => {
  const { caller, of } = calls[name]!
  const path = code === 'quota.resource_missing' ? 'resource' : 'feature'
  expect(tell(await refused(name, caller, of(feature, 1)))).toEqual([status, code, path])
})

test.each(wires)(
  'over %s each event of a batch that cannot be counted has its fate and path, and is charged nothing',
  async (wire) => {
    const before = await checksumOfTenant(app.services.pool, ada.tenantId)
    const day = 86_400_000
    const ago = (ms: number) => new Date(Date.now() - ms).toISOString()
    const of = (feature: string, other: object = {}) => ({
      id: `${wire}-${feature}-${Object.values(other)}`,
      feature,
      amount: 1,
      ...other,
    })
    const events = [
      of('no_such'),
      of('concurrent_tasks'),
      of('dark_mode'),
      of('most_pages'),
      of('credits'),
      of('unsold'),
      of('people'),
      of('characters', { at: ago(33 * day) }),
      of('characters', { at: ago(-day) }),
      of('characters', { at: ago(2 * day), requestId: 'old' }),
    ]
    const { status, answer } = await send(wire, 'quota.track', 'key', { events })
    expect(status).toBe(200)
    const { counted, events: fates } = answer as { counted: number; events: { code: string; path: string }[] }
    expect(counted).toBe(0)
    expect(fates.map(({ code, path }) => [code, path])).toEqual([
      ['catalog.feature_unknown', 'events.0.feature'],
      ['quota.feature_not_metered', 'events.1.feature'],
      ['quota.feature_not_metered', 'events.2.feature'],
      ['quota.feature_not_metered', 'events.3.feature'],
      ['quota.feature_not_metered', 'events.4.feature'],
      ['quota.not_in_plan', 'events.5.feature'],
      ['quota.resource_missing', 'events.6.resource'],
      ['quota.event_too_old', 'events.7.at'],
      ['quota.event_in_future', 'events.8.at'],
      ['quota.request_too_old', 'events.9.requestId'],
    ])
    // what was refused is remembered for those who look for it; nothing else is written
    const unlike = (await checksumOfTenant(app.services.pool, ada.tenantId)).split('\n').filter((line) => !before.includes(line))
    expect(unlike.map((line) => line.split(':')[0])).toEqual(['usage_rejection'])
  },
)

test('how late and how far ahead usage may be is each feature’s own', async () => {
  await app.services.pool.query(`update feature set late_seconds = 60, future_seconds = 0 where key = 'characters'`)
  await app.services.pool.query(`insert into change (kind, subject) values ('catalog', 'test')`)
  await app.services.changes.catchUp()
  const fate = async (feature: string, ms: number) => {
    const event = { id: `bound-${feature}-${ms}`, feature, amount: 1, at: new Date(Date.now() + ms).toISOString() }
    const { answer } = await send('REST', 'quota.track', 'key', { events: [event] })
    return (answer as { events: { state: string; code: string | null }[] }).events.map(({ state, code }) => code ?? state)[0]
  }
  expect(await fate('characters', -61_000)).toBe('quota.event_too_old')
  expect(await fate('characters', -50_000)).toBe('counted')
  expect(await fate('characters', 10_000)).toBe('quota.event_in_future')
  expect(await fate('peak', -61_000)).toBe('counted')
  expect(await fate('peak', 10_000)).toBe('counted')
})

test('a batch of 1,001 events is refused whole on both wires', async () => {
  const events = Array.from({ length: 1_001 }, (_, index) => ({ id: `b${index}`, feature: 'characters', amount: 1 }))
  expect(tell(await refused('quota.track', 'key', { events }))).toEqual([400, 'input.invalid', 'events'])
  expect(tell(await refused('quota.track', 'key', { events: [] }))).toEqual([400, 'input.invalid', 'events'])
})

test.each(wires)(
  'over %s an amount above every limit is an answer: no, with what would help, and nothing is taken',
  async (wire) => {
    const tables = async () => {
      const { rows } = await app.services.pool.query(
        `select (select coalesce(sum(consumed + reserved), 0)::int from balance where tenant_id = $1) as taken,
         (select count(*)::int from reservation where tenant_id = $1) as reservations,
         (select count(*)::int from gauge_hold where tenant_id = $1) as holds`,
        [ada.tenantId],
      )
      return rows[0]
    }
    const before = await tables()
    const most = Number.MAX_SAFE_INTEGER
    for (const name of ['quota.authorize', 'quota.check', 'quota.explain', 'quota.reserve', 'lease.take', 'quota.gauge.acquire']) {
      const gauge = name === 'quota.gauge.acquire'
      for (const feature of gauge ? ['concurrent_tasks'] : ['characters', 'credits']) {
        const { status, answer } = await send(wire, name, 'key', calls[name]!.of(feature, most))
        const decision = (answer as { decision?: object }).decision ?? (answer as object)
        expect([name, status]).toEqual([name, 200])
        expect(decision).toMatchObject({ allowed: false, code: 'quota.limit_reached', step: 'quota', amount: most })
        expect((decision as { remedies: unknown[] }).remedies.length).toBeGreaterThan(0)
      }
    }
    expect(await tables()).toEqual(before)
  },
)

async function held(units: number): Promise<string> {
  const { answer } = await send('REST', 'quota.reserve', 'key', { feature: 'credits', amount: units })
  return (answer as { reservationId: string }).reservationId
}

test('a reservation is settled once and by its own tenant: everything else is refused with its code, and nothing is charged', async () => {
  const id = await held(5)
  expect(tell(await refused('quota.commit', 'key', { id, amount: 6 }))).toEqual([400, 'reservation.amount_above', 'amount'])
  for (const name of ['quota.commit', 'quota.release'] as const) {
    const amount = name === 'quota.commit' ? { amount: 1 } : {}
    const unknown = await refused(name, 'key', { id: 'rsv_00000000000000000000000000', ...amount })
    expect(tell(unknown)).toEqual([404, 'reservation.not_found'])
    expect(await refused(name, 'stranger', { id, ...amount })).toEqual(unknown)
    expect(tell(await refused(name, 'key', { id: 'nonsense', ...amount }))).toEqual([400, 'input.invalid', 'id'])
  }
  await send('REST', 'quota.commit', 'key', { id, amount: 3 })
  expect(tell(await refused('quota.commit', 'key', { id, amount: 4 }))).toEqual([409, 'reservation.settled'])
  expect(tell(await refused('quota.release', 'key', { id }))).toEqual([409, 'reservation.settled'])
  for (const wire of wires) {
    const before = await checksumOfTenant(app.services.pool, ada.tenantId)
    expect(await send(wire, 'quota.commit', 'key', { id, amount: 3 })).toMatchObject({ status: 200, answer: { used: 3 } })
    expect(await checksumOfTenant(app.services.pool, ada.tenantId)).toBe(before)
  }
  const released = await held(5)
  await send('tRPC', 'quota.release', 'key', { id: released })
  expect(tell(await refused('quota.commit', 'key', { id: released, amount: 5 }))).toEqual([409, 'reservation.settled'])
})

test('a lease is settled once and by its own tenant as well', async () => {
  const { answer } = await send('tRPC', 'lease.take', 'key', { feature: 'credits', units: 5 })
  const { leaseId: id } = (answer as { lease: { leaseId: string } }).lease
  expect(tell(await refused('lease.settle', 'key', { id, used: 6 }))).toEqual([400, 'reservation.amount_above', 'used'])
  expect(tell(await refused('lease.settle', 'stranger', { id, used: 1 }))).toEqual([404, 'reservation.not_found'])
  await send('REST', 'lease.settle', 'key', { id, used: 2 })
  expect(tell(await refused('lease.settle', 'key', { id, used: 3 }))).toEqual([409, 'reservation.settled'])
})
