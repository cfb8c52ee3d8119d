import { z } from 'zod'
import { inSystem } from '../kernel/in-transaction.ts'
import type { JobDefinition } from '../kernel/job.ts'
import type { Services } from '../kernel/services.ts'

const HOUR_MS = 3_600_000
/** Far longer than a node may go without reading the feed before it stops trusting its memory. */
const CHANGES_KEPT_MS = HOUR_MS
/** The contract promises at least 24 hours. */
const ANSWERS_KEPT_MS = 48 * HOUR_MS

/** Removes what has served: changes that every node has read, and stored answers nobody asks for any more. */
export async function sweep(services: Services): Promise<void> {
  const now = services.clock.now().getTime()
  await inSystem(services, async (em) => {
    await em.execute('delete from change where at < ?', [new Date(now - CHANGES_KEPT_MS)])
    await em.execute('delete from idempotency_record where at < ?', [new Date(now - ANSWERS_KEPT_MS)])
  })
}

export const sweepJob: JobDefinition<object> = {
  name: 'server.sweep',
  payload: z.strictObject({}),
  concurrency: 1,
  retries: 1,
  schedule: '17 * * * *',
  handle: (services) => sweep(services),
}
