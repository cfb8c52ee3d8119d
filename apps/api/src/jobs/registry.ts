import type { JobDefinition } from '../kernel/job.ts'
import { authJobs } from '../modules/auth/index.ts'
import { billingJobs } from '../modules/billing/index.ts'
import { notificationJobs } from '../modules/notification/index.ts'
import { personalDataJobs } from '../modules/personal-data/index.ts'
import { quotaJobs } from '../modules/quota/index.ts'
import { sweepJob } from './sweep.ts'

/** Every job there is. A name is never given to another job: jobs asked for by an earlier version may still wait under it. */
export const registry: readonly JobDefinition<object>[] = [
  ...billingJobs,
  ...authJobs,
  ...quotaJobs,
  ...notificationJobs,
  ...personalDataJobs,
  sweepJob,
]
