import { z } from 'zod'
import type { JobDefinition } from '../../kernel/job.ts'
import { forgetOldMail } from './forget-old-mail.ts'

const forgetOldMailJob: JobDefinition<object> = {
  name: 'notification.forget_old_mail',
  payload: z.strictObject({}),
  concurrency: 1,
  retries: 2,
  schedule: '47 3 * * *',
  handle: (services) => forgetOldMail(services),
}

export const notificationJobs: readonly JobDefinition<object>[] = [forgetOldMailJob]
