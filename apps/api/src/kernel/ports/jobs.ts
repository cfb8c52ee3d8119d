import type { EntityManager } from '@mikro-orm/postgresql'
import type { ZodType } from 'zod'

/** A job as those who ask for it know it. */
export interface JobName<Payload extends object> {
  name: string
  payload: ZodType<Payload>
}

export interface Jobs {
  /** Asks for a job in the caller's transaction: it is done if that commits, and never if it does not. */
  enqueue<Payload extends object>(em: EntityManager, job: JobName<Payload>, payload: Payload): Promise<void>
  /** Lets this node look for such a job now, instead of at its next round half a second later. Call it after the commit. */
  wake(job: { name: string }): void
}
