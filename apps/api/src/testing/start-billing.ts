import { randomBytes } from 'node:crypto'
import { Member, openOrm, systemSession, Tenant, User } from '@tollkeeper/db'
import { createTestDatabase } from '@tollkeeper/db/testing'
import { type Control, type Settings, startStripeSandbox } from '@tollkeeper/stripe-sandbox'
import Fastify from 'fastify'
import type pg from 'pg'
import { readConfig } from '../config/config.ts'
import { closeIdleConnections } from '../http/close-idle-connections.ts'
import { installErrors } from '../http/errors.ts'
import { stripeWebhook } from '../http/stripe-webhook.ts'
import { createJobs } from '../jobs/index.ts'
import { ChangeFeed } from '../kernel/change-feed.ts'
import { type Clock, systemClock } from '../kernel/clock.ts'
import type { TenantContext } from '../kernel/context.ts'
import { createLogger } from '../kernel/logger.ts'
import { newId } from '../kernel/new-id.ts'
import type { Services } from '../kernel/services.ts'
import { createSystemPool } from '../kernel/system-pool.ts'
import { defaultPlan, seedCatalog } from '../modules/catalog/index.ts'
import { applyPlan } from '../modules/quota/index.ts'
import { createStripePayments } from '../payments/stripe-payments.ts'

export const webhookSecret = 'whsec_of_the_tests'

export interface BillingWorld extends AsyncDisposable {
  services: Services
  pool: pg.Pool
  control: Control
  sandboxUrl: string
  webhookUrl: string
  /** A new tenant on the default plan, as its owner acts for it. */
  tenant(name?: string): Promise<TenantContext>
  /** Pays at the address a checkout was answered with. */
  pay(url: string): void
  /** The plan whose entitlements are in force. */
  planOf(tenantId: string): Promise<string>
  rows<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>
}

interface Options {
  clock?: Clock
  databaseUrl?: string
  /** False: webhooks are stored, and nobody works on them. */
  work?: boolean
  /** False: the sandbox delivers no webhooks. */
  deliver?: boolean
  settings?: Partial<Settings>
  webhookSecrets?: string[]
}

/** Billing as it runs: a real database, the real sandbox behind the real SDK, the webhook over HTTP, the job queue. */
export async function startBilling(options: Options = {}): Promise<BillingWorld> {
  const { clock = systemClock, work = true, deliver = true, settings } = options
  await using started = new AsyncDisposableStack()
  const databaseUrl = options.databaseUrl ?? started.use(await createTestDatabase()).url
  const logger = createLogger(process.env.TOLLKEEPER_LOG_LEVEL ?? 'silent')
  const orm = await openOrm(databaseUrl)
  started.defer(() => orm.close(true))
  const pool = createSystemPool(databaseUrl, 5, logger)
  started.defer(() => pool.end())
  const changes = new ChangeFeed(pool, logger)
  await changes.start()
  started.defer(() => changes.close())
  const sandbox = started.use(
    await startStripeSandbox({ delivery: { firstRetryMs: 50, attempts: 12 }, ...(settings ? { settings } : {}) }),
  )
  const payments = createStripePayments({
    secretKey: sandbox.secretKey,
    webhookSecrets: options.webhookSecrets ?? [webhookSecret],
    apiBase: sandbox.url,
    provider: 'sandbox',
  })
  const jobs = createJobs({ databaseUrl, logger, migrate: true })
  started.defer(() => jobs.close())
  const config = readConfig({ NODE_ENV: 'test', DATABASE_URL: databaseUrl })
  const secrets = { auth: 'unused', refreshTokens: randomBytes(32), backupCodes: randomBytes(32), seal: randomBytes(32) }
  const parts = { publicUrl: 'http://tollkeeper.test', config, secrets, clock, logger, orm, pool, changes, payments, jobs }
  const services = parts as Partial<Services> as Services
  await seedCatalog(services)
  const app = Fastify()
  installErrors(app)
  closeIdleConnections(app)
  await app.register(stripeWebhook(services), { prefix: '/api/v1' })
  started.defer(() => app.close())
  const webhookUrl = `${await app.listen({ host: '127.0.0.1', port: 0 })}/api/v1/webhooks/stripe`
  if (deliver) sandbox.control.addWebhook({ url: webhookUrl, secret: webhookSecret })
  if (work) await jobs.start(services)
  const rows = async <Row extends object>(sql: string, values: unknown[] = []) => (await pool.query<Row>(sql, values)).rows
  const held = started.move()
  return {
    services,
    pool,
    control: sandbox.control,
    sandboxUrl: sandbox.url,
    webhookUrl,
    tenant: (name = 'Ada') => newTenant(services, name),
    rows,
    pay: (url) => void sandbox.control.completeCheckout(url.split('/').at(-1)!),
    planOf: async (tenantId) =>
      (await rows<{ plan_key: string }>('select distinct plan_key from entitlement where tenant_id = $1', [tenantId]))
        .map(({ plan_key }) => plan_key)
        .join(),
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  }
}

async function newTenant(services: Services, name: string): Promise<TenantContext> {
  const now = services.clock.now()
  const [tenantId, userId] = [newId('tenant'), newId('user')]
  const plan = await defaultPlan(services)
  await systemSession(services.orm).transactional(async (em) => {
    em.create(User, { id: userId, name, email: `${userId}@example.test`, emailVerified: true, createdAt: now, updatedAt: now })
    await em.flush()
    em.create(Tenant, { id: tenantId, name: `${name}'s tenant`, slug: tenantId, createdAt: now })
    await em.flush()
    em.create(Member, { tenantId, id: newId('member'), userId, role: 'owner', joinedAt: now })
    await em.flush()
    await applyPlan(em, { tenantId, planKey: plan.key, planVersionId: plan.liveVersionId, source: 'default', now })
  })
  return {
    services,
    requestId: newId('request'),
    caller: {
      kind: 'user',
      userId,
      sessionId: newId('session'),
      via: 'access_token',
      operatorRole: null,
      provedAt: Date.now(),
      secondFactor: null,
      memberships: [{ tenantId, role: 'owner' }],
    },
    requestedTenantId: null,
    idempotencyKey: null,
    idempotency: null,
    client: { ip: '127.0.0.1', userAgent: null },
    setHeader: () => undefined,
    tenantId,
    role: 'owner',
    permissions: [],
  }
}
