import type { JobWithMetadata } from 'pg-boss'
import type { JobDefinition } from '../kernel/job.ts'
import type { Services } from '../kernel/services.ts'

/**
 * Carries out one job. A failure is thrown on, so that the queue tries again later; the last one is logged as an error, because
 * after it the job waits among the dead letters for a person.
 */
export async function runJob(services: Services, definition: JobDefinition<object>, job: JobWithMetadata<object>): Promise<void> {
  try {
    await definition.handle(services, definition.payload.parse(job.data ?? {}))
  } catch (error) {
    const facts = { err: error, job: definition.name, jobId: job.id, attempt: job.retryCount + 1 }
    if (job.retryCount >= job.retryLimit) services.logger.error(facts, 'a job failed for the last time')
    else services.logger.warn(facts, 'a job failed and will be tried again')
    throw error
  }
}
