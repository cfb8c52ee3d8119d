import { createTestDatabase } from '@tollkeeper/db/testing'
import type { UsageEventPage, UsageHistory } from '@tollkeeper/shared'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestPerson } from '../../../testing/index.ts'
import { openCuttingProxy } from '../testing/cutting-proxy.ts'

let app: TestApp
let owner: TestPerson
beforeAll(async () => {
  app = await startTestApp()
  owner = await app.person()
  const day = new Date().toISOString().slice(0, 10)
  const events = Array.from({ length: 130 }, (_, index) => ({
    id: index === 7 ? '=cmd|calc' : `e${String(index).padStart(3, '0')}`,
    feature: index % 10 === 0 ? 'api_calls' : 'characters',
    amount: index + 1,
    at: `${day}T00:00:00.${String(index % 50).padStart(3, '0')}Z`,
    properties: { color: index % 2 ? 'red' : '@SUM(A1)', '=x': 1 },
  }))
  await owner.call('POST', '/usage', { events })
})
afterAll(() => app[Symbol.asyncDispose]())

const rowsOf = (body: unknown) => parse(body as string, { columns: true, record_delimiter: '\r\n' }) as Record<string, string>[]

async function allEvents(query = ''): Promise<UsageEventPage['rows']> {
  const rows: UsageEventPage['rows'] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await owner.call('GET', `/usage/events?limit=40${query}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
    expect(page.status).toBe(200)
    const { rows: found, nextCursor } = page.body as UsageEventPage
    rows.push(...found)
    cursor = nextCursor
  }
  return rows
}

test('events are paged in the order in which they happened, each once; the file holds the same ones', async () => {
  const events = await allEvents()
  expect(new Set(events.map(({ id }) => id)).size).toBe(130)
  expect(events.map(({ at }) => at)).toEqual(
    events
      .map(({ at }) => at)
      .toSorted()
      .toReversed(),
  )
  const file = await owner.call('GET', '/usage/events.csv')
  expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="usage-events-\d{4}-\d\d-\d\d\.csv"$/)
  const rows = rowsOf(file.body)
  expect(rows.map(({ id }) => id!.replace(/^'=/, '='))).toEqual(events.map(({ id }) => id))
  for (const [index, row] of rows.entries()) {
    const { feature, amount, at, receivedAt, properties } = events[index]!
    expect(row).toMatchObject({
      feature,
      amount: String(amount),
      at,
      received_at: receivedAt,
      properties: JSON.stringify(properties),
    })
  }
  for (const cell of rows.flatMap((row) => Object.values(row))) expect(cell).not.toMatch(/^[=+\-@]/)
})

test.each(['&feature=api_calls', '&property=color&value=red', '&property=none', `&to=${new Date(0).toISOString()}`])(
  'the file honours the filters of the list: %s',
  async (query) => {
    const listed = await allEvents(query)
    const { body } = await owner.call('GET', `/usage/events.csv?${query.slice(1)}`)
    expect(rowsOf(body).map(({ id }) => id!.replace(/^'=/, '='))).toEqual(listed.map(({ id }) => id))
  },
)

test('the file of the history adds up to the history, and that of the ledger to what was used', async () => {
  const history = (await owner.call('GET', '/usage/history?by=property&property=color')).body as UsageHistory
  const lines = rowsOf((await owner.call('GET', '/usage/history.csv?by=property&property=color')).body)
  for (const { feature, key, total } of history.series) {
    const its = lines.filter((line) => line.feature === feature && line.of!.replace(/^'@/, '@') === (key ?? ''))
    expect(its.reduce((sum, { amount }) => sum + Number(amount), 0)).toBe(total)
  }
  expect(history.series.map(({ key }) => key)).toContain('@SUM(A1)')
  const ledger = rowsOf((await owner.call('GET', '/usage/ledger.csv')).body)
  const used = ledger.filter(({ kind }) => kind === 'consume').reduce((sum, { units }) => sum + Number(units), 0)
  expect(used).toBe((130 * 131) / 2)
  expect(ledger.map(({ entry }) => Number(entry))).toEqual(ledger.map(({ entry }) => Number(entry)).toSorted((a, b) => b - a))
  for (const { at, window_start } of ledger)
    for (const instant of [at!, window_start!]) expect(new Date(instant).toISOString()).toBe(instant)
})

test('a key needs the scope, and what is asked wrongly is a problem rather than a file', async () => {
  const key = await app.key(owner, { scopes: ['decision:ask'] })
  for (const file of ['history', 'events', 'ledger']) {
    expect(await key.call('GET', `/usage/${file}.csv`)).toMatchObject({ status: 403, body: { code: 'api_key.scope_missing' } })
    expect(await app.call('GET', `/usage/${file}.csv`)).toMatchObject({ status: 401 })
    expect(await owner.call('GET', `/usage/${file}.csv?limit=x&other=1`)).toMatchObject({
      status: 400,
      body: { code: 'input.invalid' },
    })
  }
  expect(await owner.call('GET', '/usage/events.csv?value=red')).toMatchObject({ status: 400 })
  expect(await owner.call('GET', '/usage/events?cursor=nonsense')).toMatchObject({ status: 400 })
})

test('when the database goes away in the middle, the answer breaks off: it does not end as if it were whole', async () => {
  await using database = await createTestDatabase()
  await using proxy = await openCuttingProxy(database.url)
  await using cut = await startTestApp({ environment: { DATABASE_URL: proxy.url } })
  const person = await cut.person()
  await person.call('POST', '/usage', { events: [{ id: 'first', feature: 'characters' }] })
  const ROWS = 4_000
  await cut.services.pool.query(
    `insert into usage_event (tenant_id, at, id, feature_key, amount, received_at, properties)
     select $1, at - n * interval '1 millisecond', 'e' || n, feature_key, 1, received_at, jsonb_build_object('text', repeat('x', 4000))
     from usage_event, generate_series(1, $2) n where tenant_id = $1 and date_trunc('month', at) = date_trunc('month', at - n * interval '1 millisecond')`,
    [person.tenantId, ROWS],
  )
  const open = () =>
    fetch(`${cut.url}/api/v1/usage/events.csv`, { headers: { authorization: `Bearer ${person.accessToken}` } }).then(
      ({ status, body }) => {
        expect(status).toBe(200)
        return body!.getReader()
      },
    )
  const readOn = async (reader: ReadableStreamDefaultReader<Uint8Array>) => {
    let bytes = 0
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) bytes += chunk.value.length
    return bytes
  }
  expect(await readOn(await open())).toBeGreaterThan(1_000 * 4_000)
  const reader = await open()
  await reader.read()
  proxy.cutAnswers(Number.POSITIVE_INFINITY)
  await expect(readOn(reader)).rejects.toThrow()
  proxy.cutAnswers(0)
}, 180_000)
