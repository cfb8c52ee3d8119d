import { join } from 'node:path'
import { migrate, openOrm, pendingMigrations } from '@tollkeeper/db'
import type { FastifyInstance } from 'fastify'
import { buildApp } from './app.ts'
import type { Config } from './config/config.ts'
import { loadSecrets } from './config/secrets.ts'
import { freePort } from './http/free-port.ts'
import { type OpenSandbox, openSandbox } from './http/sandbox-pages.ts'
import { createJobs } from './jobs/index.ts'
import { type Brakes, createBrakes } from './kernel/brakes.ts'
import { ChangeFeed } from './kernel/change-feed.ts'
import { ChangeNotifications } from './kernel/change-notifications.ts'
import { type Clock, systemClock } from './kernel/clock.ts'
import { createLogger } from './kernel/logger.ts'
import type { Logger, Services } from './kernel/services.ts'
import { assertActsAsSystem, createKeyedPool, createSystemPool } from './kernel/system-pool.ts'
import { createPeople, ensureFirstOperator, type FirstOperator } from './modules/auth/index.ts'
import { seedCatalog } from './modules/catalog/index.ts'
import { startMailSender } from './modules/notification/index.ts'
import { createQuotaEngine } from './modules/quota/index.ts'
import { openDatabase } from './open-database.ts'
import { withNotedPassword } from './operator-note.ts'
import { createStripePayments } from './payments/stripe-payments.ts'

/** For the engine's lanes and leases, and for what is held, given back and reported beside them. */
const KEYED_CONNECTIONS = 9

export interface StartOptions {
  clock?: Clock
  logger?: Logger
  /** Told what is being done, while it takes time. */
  progress?: (step: string) => void
  /** Absent: the usual ones. */
  brakes?: Brakes
  /** False: no background work; tests that need none start faster. */
  background?: boolean
}

export interface RunningServer extends AsyncDisposable {
  app: FastifyInstance
  services: Services
  url: string
  operator: FirstOperator
  /** The payment sandbox, where no provider is configured. */
  sandbox: OpenSandbox | null
  close(): Promise<void>
}

/** How often a port that was free is looked for anew, when another program took it before it was listened on. */
const MOST_PORTS = 5

/** Builds everything in order, and takes it down in the opposite order. The only file that knows every part. */
export async function startServer(config: Config, options: StartOptions = {}): Promise<RunningServer> {
  for (let ports = 1; ; ports++) {
    try {
      return await startOnce(config, options)
    } catch (error) {
      if (!(error instanceof PortTaken) || config.http.port !== 0 || ports === MOST_PORTS) throw error
    }
  }
}

async function startOnce(config: Config, options: StartOptions): Promise<RunningServer> {
  const { clock = systemClock, progress = () => undefined, background = true } = options
  const logger = options.logger ?? createLogger(config.log.level)
  await using started = new AsyncDisposableStack()
  const secrets = loadSecrets(config)

  progress('Starting the database')
  const databaseUrl = await openDatabase(config, logger, started)
  await bringSchemaUp(config, databaseUrl)

  const orm = await openOrm(databaseUrl, { poolSize: config.database.poolSize })
  started.defer(() => orm.close(true))
  const pool = createSystemPool(databaseUrl, config.database.poolSize, logger)
  started.defer(() => pool.end())
  await assertActsAsSystem(pool)
  const changes = new ChangeFeed(pool, logger)
  await changes.start()
  started.defer(() => changes.close())
  const notifications = new ChangeNotifications(databaseUrl, changes, logger)
  notifications.start()
  started.defer(() => notifications.close())
  const keyedPool = createKeyedPool(databaseUrl, KEYED_CONNECTIONS, logger, 'tollkeeper quota')
  started.defer(() => keyedPool.end())
  const quota = createQuotaEngine({ pool: keyedPool, clock, logger, changes })
  started.defer(() => quota.close())

  const port = config.http.port || (await freePort(config.http.host))
  const publicUrl = config.http.publicUrl ?? `http://localhost:${port}`
  const sandbox = config.stripe
    ? null
    : await openSandbox({
        publicUrl,
        localUrl: localUrl(config.http.host, port),
        dataFile: join(config.dataDir, 'stripe-sandbox.json'),
        logger,
      })
  if (sandbox) started.defer(() => sandbox.close())
  const payments = createStripePayments(
    sandbox ? sandbox.stripe : { ...config.stripe!, provider: providerOf(config.stripe!.secretKey) },
  )

  const jobs = createJobs({ databaseUrl, logger, migrate: config.database.migrateOnBoot })
  started.defer(() => jobs.close())

  const core = {
    config,
    publicUrl,
    secrets,
    clock,
    logger,
    orm,
    pool,
    keyedPool,
    changes,
    brakes: options.brakes ?? createBrakes(),
    payments,
    jobs,
    quota,
  }
  const people = await createPeople(core, databaseUrl)
  started.defer(() => people.close())
  const services: Services = { ...core, people }

  await seedCatalog(services)
  const operator = withNotedPassword(config, await ensureFirstOperator(services))
  if (background) {
    await jobs.start(services)
    const sender = startMailSender(services)
    started.defer(() => sender.close())
  }

  progress('Opening the door')
  const app = await buildApp(services, sandbox ? { sandboxPages: sandbox.pages } : {})
  started.defer(() => app.close())
  await listen(app, config.http.host, port)
  const parts = started.move()
  const close = () => parts.disposeAsync()
  return { app, services, operator, sandbox, url: `http://${config.http.host}:${port}`, close, [Symbol.asyncDispose]: close }
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<void> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    throw new PortTaken(`Port ${port} of ${host} is taken, perhaps by another Tollkeeper. Stop that, or set PORT to a free one.`, {
      cause: error,
    })
  }
}

class PortTaken extends Error {}

async function bringSchemaUp(config: Config, databaseUrl: string): Promise<void> {
  if (config.database.migrateOnBoot) {
    await migrate(databaseUrl)
    return
  }
  const pending = await pendingMigrations(databaseUrl)
  if (pending.length > 0) {
    throw new Error(
      `The database lacks ${pending.length} migration(s) (${pending.join(', ')}), and TOLLKEEPER_MIGRATE_ON_BOOT is false. Start once without it to apply them.`,
    )
  }
}

/** Where this machine reaches its own server. */
function localUrl(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

function providerOf(secretKey: string): string {
  return secretKey.includes('_live_') ? 'stripe_live' : 'stripe_test'
}
