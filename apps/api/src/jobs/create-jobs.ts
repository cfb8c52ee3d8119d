import { fromKysely, PgBoss } from 'pg-boss'
import type { JobDefinition } from '../kernel/job.ts'
import type { JobName, Jobs } from '../kernel/ports/jobs.ts'
import type { Logger, Services } from '../kernel/services.ts'
import { grantEnqueueing } from './queue-access.ts'
import { registry } from './registry.ts'
import { runJob } from './run-job.ts'

const DEAD_LETTERS = 'dead_letters'
const POLL_SECONDS = 0.5
const STOP_WITHIN_MS = 10_000

export interface JobQueue extends Jobs {
  /** Begins to work on jobs, here. A node that does not call it only asks for them. */
  start(services: Services): Promise<void>
  /** Lets running jobs end, at most ten seconds, and stops; what was not done waits in the database. */
  close(): Promise<void>
}

export interface JobsOptions {
  databaseUrl: string
  logger: Logger
  /** Whether the queue's own schema may be made or brought up to date; else it must fit. */
  migrate: boolean
  /** How often the queue is looked at without being woken. Default 0.5. */
  pollSeconds?: number
  /** The jobs there are; tests have their own. */
  definitions?: readonly JobDefinition<object>[]
}

/**
 * The queue, in the database beside the data (schema `pgboss`, owned by the login, made at first use): a job commits with the
 * change that asks for it.
 */
export function createJobs(options: JobsOptions): JobQueue {
  const { definitions = registry, pollSeconds = POLL_SECONDS } = options
  let opened: Promise<PgBoss> | null = null
  let working: PgBoss | null = null
  const workers = new Map<string, string[]>()
  const open = () => {
    opened ??= openQueue(options).catch((error: unknown) => {
      opened = null
      throw error
    })
    return opened
  }
  const wake: Jobs['wake'] = ({ name }) => {
    for (const worker of workers.get(name) ?? []) working?.notifyWorker(worker)
  }
  return {
    async enqueue<Payload extends object>(em: Parameters<Jobs['enqueue']>[0], job: JobName<Payload>, payload: Payload) {
      const queue = await open()
      await queue.send(job.name, job.payload.parse(payload), { db: fromKysely(em.getKysely()) })
    },
    wake,
    async start(services) {
      const queue = await open()
      working = queue
      for (const definition of definitions)
        workers.set(definition.name, await work(queue, services, definition, { wake, pollSeconds }))
    },
    async close() {
      working = null
      // whoever opened it has been told why it could not be
      const queue = await opened?.catch(() => null)
      await queue?.stop({ graceful: true, timeout: STOP_WITHIN_MS })
    },
  }
}

async function openQueue({ databaseUrl, logger, migrate, definitions = registry }: JobsOptions): Promise<PgBoss> {
  const queue = new PgBoss({
    connectionString: databaseUrl,
    application_name: 'tollkeeper jobs',
    schema: 'pgboss',
    max: 4,
    migrate,
    connectionTimeoutMillis: 5_000,
    monitorVacuum: false,
    // a job whose node was killed is noticed by its missing heartbeat, and done again within a minute
    superviseIntervalSeconds: 15,
    monitorIntervalSeconds: 15,
  })
  queue.on('error', (error) => logger.error({ err: error }, 'the job queue met an error'))
  queue.on('warning', (warning) => logger.warn({ warning }, 'the job queue warns'))
  try {
    await queue.start()
    await queue.getDb().executeSql(grantEnqueueing)
    await queue.createQueue(DEAD_LETTERS, { retentionSeconds: 90 * 86_400 })
    for (const definition of definitions) await ensureQueue(queue, definition)
    return queue
  } catch (error) {
    await queue.stop({ graceful: false }).catch((stopping: unknown) => logger.warn({ err: stopping }, 'the job queue did not stop'))
    throw error
  }
}

async function ensureQueue(queue: PgBoss, { name, retries, schedule }: JobDefinition<object>): Promise<void> {
  const options = {
    retryLimit: retries,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 600,
    expireInSeconds: 300,
    heartbeatSeconds: 15,
    deleteAfterSeconds: 86_400,
    deadLetter: DEAD_LETTERS,
  }
  await queue.createQueue(name, options)
  await queue.updateQueue(name, options)
  if (schedule) await queue.schedule(name, schedule, {}, { tz: 'UTC' })
}

/**
 * As many workers as the job may have runs at a time. Where one job was there may be more, so each run lets them look again at
 * once; the round is only waited for after looking in vain.
 * @returns the workers' ids
 */
function work(
  queue: PgBoss,
  services: Services,
  definition: JobDefinition<object>,
  { wake, pollSeconds }: { wake: Jobs['wake']; pollSeconds: number },
): Promise<string[]> {
  const options = { pollingIntervalSeconds: pollSeconds, batchSize: 1, includeMetadata: true } as const
  const startOne = () =>
    queue.work<object, void, typeof options>(definition.name, options, async ([job]) => {
      wake(definition)
      if (job) await runJob(services, definition, job)
    })
  return Promise.all(Array.from({ length: definition.concurrency }, startOne))
}
