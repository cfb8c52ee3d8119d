import { z } from 'zod'
import type { JobDefinition } from '../../kernel/job.ts'
import { eraseDue } from './erase-person.ts'

const eraseDueJob: JobDefinition<object> = {
  name: 'personal_data.erase_due',
  payload: z.strictObject({}),
  concurrency: 1,
  retries: 2,
  schedule: '27 * * * *',
  handle: (services) => eraseDue(services),
}

export const personalDataJobs: readonly JobDefinition<object>[] = [eraseDueJob]
