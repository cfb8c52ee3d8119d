import pg from 'pg'
import { expect, test } from 'vitest'
import { startTestApp } from '../../testing/index.ts'
import { checkBooks } from '../quota/index.ts'
import { operatorWith } from './testing/operator-with.ts'

test('an operator sees that books do not balance, rebuilds them with a reason, and both stand in the metrics and the audit trail', async () => {
  await using app = await startTestApp()
  const ada = await app.person()
  await ada.call('POST', '/usage', { events: [{ id: 'a', feature: 'characters', amount: 600 }] })
  const owner = new pg.Client({ connectionString: app.databaseUrl })
  await owner.connect()
  try {
    await owner.query('update balance set consumed = 0 where tenant_id = $1', [ada.tenantId])
  } finally {
    await owner.end()
  }
  await checkBooks(app.services)
  const operator = await app.operator()
  const metric = async (name: string) => {
    const { body } = await app.call('GET', '//metrics')
    return Number(new RegExp(`^tollkeeper_books_${name} (\\S+)$`, 'm').exec(body as string)?.[1])
  }
  expect((await operator.call('GET', '/books')).body).toMatchObject({
    balanced: false,
    differences: 1,
    rows: [{ tenantId: ada.tenantId, feature: 'characters', field: 'consumed', expected: 600, found: 0 }],
  })
  expect(await metric('differences')).toBe(1)
  expect(await metric('checked_total')).toBeGreaterThan(0)
  expect(await metric('round_age_seconds')).toBeGreaterThanOrEqual(0)

  const viewer = await operatorWith(app, 'viewer')
  const path = `/tenants/${ada.tenantId}/books`
  expect(await viewer.call('POST', path, { reason: 'A row was changed by hand' })).toMatchObject({ status: 403 })
  expect(await operator.call('POST', path, { reason: 'A row was changed by hand' })).toMatchObject({
    status: 200,
    body: { changed: 1 },
  })
  const usage = (await ada.call('GET', '/usage/current')).body as { features: { feature: string; used: number }[] }
  expect(usage.features.find(({ feature }) => feature === 'characters')?.used).toBe(600)
  const audit = (await ada.call('GET', '/audit')).body as { rows: { action: string; details: object }[] }
  expect(audit.rows[0]).toMatchObject({ action: 'books.rebuilt', details: { reason: 'A row was changed by hand', balances: 1 } })
  expect(await operator.call('POST', '/tenants/ten_00000000000000000000000000/books', { reason: 'Nobody' })).toMatchObject({
    status: 404,
  })
})
