import { z } from 'zod'
import type { JobDefinition } from '../../kernel/job.ts'
import { forgetOldAnswers } from './forget-old-answers.ts'

const forgetOldAnswersJob: JobDefinition<object> = {
  name: 'quota.forget_old_answers',
  payload: z.strictObject({}),
  concurrency: 1,
  retries: 2,
  schedule: '17 * * * *',
  handle: async (services) => {
    await forgetOldAnswers(services)
  },
}

export const quotaJobs: readonly JobDefinition<object>[] = [forgetOldAnswersJob]
