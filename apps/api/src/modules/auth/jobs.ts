import { z } from 'zod'
import type { JobDefinition } from '../../kernel/job.ts'
import { sweepAuth } from './sweep.ts'

const sweepJob: JobDefinition<object> = {
  name: 'auth.sweep',
  payload: z.strictObject({}),
  concurrency: 1,
  retries: 2,
  schedule: '17 * * * *',
  handle: (services) => sweepAuth(services),
}

export const authJobs: readonly JobDefinition<object>[] = [sweepJob]
