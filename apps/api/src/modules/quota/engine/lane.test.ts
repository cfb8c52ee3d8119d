import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import type { Pool } from 'pg'
import { expect, test } from 'vitest'
import { systemClock } from '../../../kernel/clock.ts'
import { createLogger } from '../../../kernel/logger.ts'
import { newId } from '../../../kernel/new-id.ts'
import { DenialMemory } from './denial-memory.ts'
import { Lane } from './lane.ts'
import type { Waiter } from './waiter.ts'
import { windowOf } from './window-of.ts'

const limits = { batch: 2_000, batchBytes: 1_048_576, waiting: 10_000, waitingOfTenant: 10_000, patienceMs: 5_000 }
const window = windowOf('never', Date.now())
const CROWD = 50

/** A lane on a database that commits in two turns of the event loop, and how many commits it made. */
function openLane() {
  const commits = { count: 0 }
  const query = async () => {
    commits.count++
    await turnOfTheLoop()
    await turnOfTheLoop()
    return { rows: [{ n: 1, granted: null, used: 1 }] }
  }
  const client = { query, on: () => undefined, off: () => undefined, release: () => undefined }
  const pool = { connect: async () => client } as unknown as Pool
  const lane = new Lane({ pool, clock: systemClock, logger: createLogger('silent'), denials: new DenialMemory(), limits })
  const ask = () =>
    new Promise<unknown>((resolve, reject) => {
      const entitlement = { featureKey: 'words', limit: null, cadence: 'never' as const }
      const request = { tenantId: 'ten_1', entitlement, window, amount: 1, measure: undefined, resource: null, caps: [] }
      const from = { callerId: 'key_1', memberId: null, decisionId: newId('decision'), requestId: null, kept: null }
      const waiter: Waiter = { ...request, ...from, bytes: 100, since: performance.now(), twins: null, resolve, reject }
      lane.add(waiter)
    })
  return { commits, ask }
}

test('a crowd that keeps coming is gathered into few commits', async () => {
  const { commits, ask } = openLane()
  const asked = Array.from({ length: CROWD }, ask)
  const begun = performance.now()
  for (let turn = 0; turn < 300; turn++) {
    asked.push(ask())
    await turnOfTheLoop()
  }
  await Promise.all(asked)
  // one for what stood at the door, and one in 8 ms
  expect(commits.count).toBeLessThanOrEqual(3 + (performance.now() - begun) / 8)
})

test('nobody is kept waiting for a crowd that does not come', async () => {
  const { ask } = openLane()
  await Promise.all(Array.from({ length: CROWD }, ask))
  let isAnswered = false
  const asked = ask().then(() => {
    isAnswered = true
  })
  let turns = 0
  for (; !isAnswered; turns++) await turnOfTheLoop()
  await asked
  // two of them are the commit's; 8 ms would be hundreds
  expect(turns).toBeLessThanOrEqual(10)
})
