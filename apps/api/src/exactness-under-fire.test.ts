import { ensureServerLogin, migrate } from '@tollkeeper/db'
import { startDisposablePostgres } from '@tollkeeper/db/testing'
import { expect, test } from 'vitest'
import { fireAt } from './testing/under-fire/index.ts'

test('four servers under kill -9, SIGSTOP and crashes of the database, counting in it and out of units taken ahead: nothing over-granted, nothing acknowledged lost, no id answered in two ways', async () => {
  await using postgres = await startDisposablePostgres({ databases: ['tollkeeper'] })
  const adminUrl = postgres.url('tollkeeper')
  const url = await ensureServerLogin(adminUrl)
  await migrate(url)
  const database = { url, adminUrl, kill: () => postgres.kill(), start: () => postgres.start() }
  const seed = Number(process.env.FIRE_SEED ?? Date.now() % 1_000_000)
  const report = await fireAt({
    database,
    program: 'decision-node',
    hot: 3,
    spread: 40,
    answers: 12_000,
    clients: 120,
    seed,
  })
  const { overGranted, lost, differing, unbalanced, unexpected, examples, ...course } = report
  expect({ overGranted, lost, differing, unbalanced, unexpected, examples }, JSON.stringify({ seed, course })).toEqual({
    overGranted: 0,
    lost: 0,
    differing: 0,
    unbalanced: 0,
    unexpected: [],
    examples: [],
  })
  // that there was something to see
  expect(course.answers).toBeGreaterThanOrEqual(12_000)
  expect(course.denials).toBeGreaterThan(0)
  expect(course.repeats).toBeGreaterThan(500)
  expect(course.unknown).not.toEqual({})
}, 600_000)
