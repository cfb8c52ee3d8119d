import { pendingMigrations } from '@tollkeeper/db'
import { createTestDatabase, startDisposablePostgres } from '@tollkeeper/db/testing'
import { expect, test } from 'vitest'
import { startTestApp } from './testing/index.ts'

test('without its database the server refuses with 503 and a problem, stays alive, and comes back by itself', async () => {
  await using postgres = await startDisposablePostgres({ databases: ['tollkeeper'] })
  await using app = await startTestApp({ environment: { DATABASE_URL: postgres.url('tollkeeper') } })
  const owner = await app.person()
  const key = await app.key(owner)
  expect((await key.call('POST', '/authorize', { feature: 'characters', amount: 5 })).body).toMatchObject({ allowed: true })

  await postgres.kill()
  for (const [call, method, path, body] of [
    [key.call, 'POST', '/authorize', { feature: 'characters', amount: 5 }],
    [key.call, 'POST', '/usage', { events: [{ id: 'while-down', feature: 'characters', amount: 1 }] }],
    [owner.call, 'GET', '/api-keys', undefined],
    [owner.call, 'POST', '/api-keys', { name: 'while down' }],
  ] as const) {
    const answer = await call(method, path, body)
    expect({ path, status: answer.status, body: answer.body }).toMatchObject({
      path,
      status: 503,
      body: { code: 'service.unavailable' },
    })
    expect(answer.headers.get('retry-after')).toBe('1')
  }
  expect((await app.call('GET', '//healthz')).status).toBe(200)
  expect((await app.call('GET', '//readyz')).status).toBe(503)

  await postgres.start()
  await expect.poll(async () => (await app.call('GET', '//readyz')).status, { timeout: 5_000 }).toBe(200)
  const usage = (await key.call('GET', '/usage/current')).body as { features: { feature: string; used: number }[] }
  expect(usage.features.find(({ feature }) => feature === 'characters')?.used).toBe(5)
  expect((await key.call('POST', '/authorize', { feature: 'characters', amount: 5 })).body).toMatchObject({ allowed: true })
}, 60_000)

test('a missing table is our fault: 500 without a word of what failed', async () => {
  await using app = await startTestApp()
  const owner = await app.person()
  await app.services.orm.em.fork().execute('alter table api_key rename to api_key_elsewhere')
  const answer = await owner.call('GET', '/api-keys')
  await app.services.orm.em.fork().execute('alter table api_key_elsewhere rename to api_key')
  expect(answer.status).toBe(500)
  expect(answer.body).toMatchObject({ code: 'service.internal' })
  expect(JSON.stringify(answer.body)).not.toMatch(/api_key|relation|stack|\.ts/)
})

test('with migration on boot turned off, an older schema is refused by name and left alone', async () => {
  await using database = await createTestDatabase({ empty: true })
  const environment = { DATABASE_URL: database.url, TOLLKEEPER_MIGRATE_ON_BOOT: 'false' }
  await expect(startTestApp({ environment })).rejects.toThrow(/lacks \d+ migration.*initial.*TOLLKEEPER_MIGRATE_ON_BOOT/s)
  expect(await pendingMigrations(database.url)).not.toEqual([])
})
