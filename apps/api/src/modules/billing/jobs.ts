import { z } from 'zod'
import type { JobDefinition } from '../../kernel/job.ts'
import { tellOfEndingTrials } from './mail/tell-of-ending-trials.ts'
import { applyEvent } from './projection/apply-event.ts'
import { endGrace } from './projection/end-grace.ts'
import { reconcile } from './projection/reconcile.ts'

const Subject = z.strictObject({ kind: z.enum(['subscription', 'invoice', 'checkout']), id: z.string() })
const ApplyEventPayload = z.strictObject({ eventId: z.string(), subject: Subject })

/** About 17 attempts over more than an hour; what is left after that, the reconciliation finds. */
export const applyEventJob: JobDefinition<z.infer<typeof ApplyEventPayload>> = {
  name: 'billing.apply_event',
  payload: ApplyEventPayload,
  concurrency: 2,
  retries: 16,
  handle: (services, payload) => applyEvent(services, payload),
}

const reconcileJob: JobDefinition<object> = {
  name: 'billing.reconcile',
  payload: z.strictObject({}),
  concurrency: 1,
  retries: 0,
  schedule: '*/10 * * * *',
  handle: (services) => reconcile(services),
}

const endGraceJob: JobDefinition<object> = {
  name: 'billing.end_grace',
  payload: z.strictObject({}),
  concurrency: 1,
  retries: 2,
  schedule: '*/5 * * * *',
  handle: (services) => endGrace(services),
}

const tellOfEndingTrialsJob: JobDefinition<object> = {
  name: 'billing.tell_of_ending_trials',
  payload: z.strictObject({}),
  concurrency: 1,
  retries: 2,
  schedule: '23 * * * *',
  handle: (services) => tellOfEndingTrials(services),
}

export const billingJobs = [applyEventJob, reconcileJob, endGraceJob, tellOfEndingTrialsJob] as readonly JobDefinition<object>[]
