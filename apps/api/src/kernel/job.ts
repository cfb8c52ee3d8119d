import type { ZodType } from 'zod'
import type { Services } from './services.ts'

/** Work that is done after the request that asked for it, at least once: doing it twice must have the same end. */
export interface JobDefinition<Payload extends object> {
  /** `billing.apply_event`: the module and the verb. */
  name: string
  payload: ZodType<Payload>
  /** Runs of it at the same time on one node. */
  concurrency: number
  /** Attempts after the first; each waits about twice as long as the one before, from a second to ten minutes. */
  retries: number
  /** A cron expression in UTC, for what is done by the hour and not by request; its payload is empty. */
  schedule?: string
  handle(services: Services, payload: Payload): Promise<void>
}
