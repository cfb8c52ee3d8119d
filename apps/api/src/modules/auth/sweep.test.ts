import { expect, test } from 'vitest'
import { manualClock } from '../../kernel/clock.ts'
import { startTestApp, type TestApp } from '../../testing/index.ts'
import { sweepAuth } from './sweep.ts'

const tables = ['session', 'registration', 'device_code', 'refresh_family', 'login_event'] as const

async function counts(app: TestApp): Promise<Record<string, number>> {
  const counted = tables.map(async (table) => {
    const { rows } = await app.services.pool.query<{ count: number }>(`select count(*)::int from ${table}`)
    return [table, rows[0]!.count] as const
  })
  return Object.fromEntries(await Promise.all(counted))
}

test('what can still be used stays; what never can again goes', async () => {
  const clock = manualClock('2026-01-01T00:00:00Z')
  await using app = await startTestApp({ clock })
  await app.person()
  await app.call('POST', '/auth/register', { email: 'waiting@example.test', password: 'orchard lantern 57', name: 'W' })
  await app.call('POST', '/auth/device/code', { client: 'cli' })
  const full = { session: 1, registration: 1, device_code: 1, refresh_family: 1, login_event: 1 }
  await sweepAuth(app.services)
  expect(await counts(app)).toEqual(full)
  clock.advance(25 * 3_600_000)
  await sweepAuth(app.services)
  expect(await counts(app)).toEqual({ ...full, registration: 0, device_code: 0 })
  clock.advance(30 * 86_400_000)
  await sweepAuth(app.services)
  expect(await counts(app)).toEqual({ session: 0, registration: 0, device_code: 0, refresh_family: 1, login_event: 1 })
  clock.advance(151 * 86_400_000)
  await sweepAuth(app.services)
  expect(await counts(app)).toEqual({ session: 0, registration: 0, device_code: 0, refresh_family: 0, login_event: 0 })
})
