import { expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import { startTestApp, type TestApp, type TestPerson } from '../../../testing/index.ts'
import { behindProxy, mailsTo } from '../../auth/testing/visitor.ts'
import { tellOfUse } from './tell-of-use.ts'

const DAY_MS = 86_400_000

async function startUse() {
  await using started = new AsyncDisposableStack()
  const clock = manualClock('2026-11-23T10:00:00Z')
  const app = started.use(await startTestApp({ clock, environment: behindProxy }))
  const ada = await app.person()
  const { call } = await app.key(ada)
  const held = started.move()
  return {
    app,
    clock,
    ada,
    use: (amount: number) => call('POST', '/authorize', { feature: 'characters', amount }),
    told: () => subjectsOf(app, ada),
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  }
}

/** What was said of quotas, oldest first. */
async function subjectsOf(app: TestApp, { email }: TestPerson): Promise<string[]> {
  const mails = await mailsTo(app, email)
  return mails
    .map(({ subject }) => subject)
    .filter((subject) => subject.includes('has used'))
    .toReversed()
}

test('a tenant is told at 80 % of a quota and at all of it, once for each in a window', async () => {
  await using world = await startUse()
  const { app, ada, clock, use, told } = world
  await use(799)
  expect(await tellOfUse(app.services)).toBe(0)
  await use(1)
  await tellOfUse(app.services)
  await tellOfUse(app.services)
  expect(await told()).toEqual([expect.stringMatching(/has used 80 % of Characters$/)])
  await use(200)
  await Promise.all([tellOfUse(app.services), tellOfUse(app.services), tellOfUse(app.services)])
  expect(await told()).toHaveLength(2)
  const last = (await mailsTo(app, ada.email)).find(({ subject }) => subject.endsWith('has used all of Characters'))
  expect(last?.text).toContain('Characters: 100 %\nUsed: 1,000\nLimit: 1,000\nStarts again: 24 November 2026 at 00:00 (UTC)')
  clock.advance(DAY_MS)
  expect(await tellOfUse(app.services)).toBe(0)
  await use(850)
  await tellOfUse(app.services)
  expect(await told()).toHaveLength(3)
})

test('who goes from little to all at once is told once', async () => {
  await using world = await startUse()
  await world.use(1000)
  expect(await tellOfUse(world.app.services)).toBe(1)
  expect(await tellOfUse(world.app.services)).toBe(0)
  expect(await world.told()).toEqual([expect.stringMatching(/has used all of Characters$/)])
})

test('who has turned these mails off gets none, and is not told later of what was then', async () => {
  await using world = await startUse()
  const { app, ada, use, told } = world
  await ada.call('PUT', '/users/me/preferences', { notifications: { quota: false } })
  await use(900)
  await tellOfUse(app.services)
  await ada.call('PUT', '/users/me/preferences', { notifications: { quota: true } })
  await tellOfUse(app.services)
  expect(await told()).toEqual([])
})

test('a larger limit makes room, and filling that up is told of again', async () => {
  await using world = await startUse()
  const { app, use, told } = world
  await use(800)
  await tellOfUse(app.services)
  await app.services.pool.query(`update balance set granted = 10000 where feature_key = 'characters'`)
  await app.services.pool.query(`update entitlement set limit_units = 10000 where feature_key = 'characters'`)
  await tellOfUse(app.services)
  expect(await told()).toHaveLength(1)
  await app.services.pool.query(`update balance set consumed = 8000 where feature_key = 'characters'`)
  await tellOfUse(app.services)
  expect(await told()).toHaveLength(2)
})
