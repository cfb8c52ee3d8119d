import type { Orm } from '@tollkeeper/db'
import type { FastifyBaseLogger } from 'fastify'
import type pg from 'pg'
import type { Config } from '../config/config.ts'
import type { Secrets } from '../config/secrets.ts'
import type { Brakes } from './brakes.ts'
import type { ChangeFeed } from './change-feed.ts'
import type { Clock } from './clock.ts'
import type { Jobs } from './ports/jobs.ts'
import type { Payments } from './ports/payments.ts'
import type { People } from './ports/people.ts'
import type { QuotaEngine } from './ports/quota-engine.ts'

export type Logger = FastifyBaseLogger

/** What the composition root has built, as every module may use it. */
export interface Services {
  config: Config
  /** Where people reach this server; every link and redirect of ours begins with it. */
  publicUrl: string
  secrets: Secrets
  clock: Clock
  logger: Logger
  orm: Orm
  /** For statements that serve many tenants at once; acts under the system role. */
  pool: pg.Pool
  /** The same for statements that look up every row by its key: those that count. */
  keyedPool: pg.Pool
  brakes: Brakes
  changes: ChangeFeed
  people: People
  payments: Payments
  jobs: Jobs
  quota: QuotaEngine
}
