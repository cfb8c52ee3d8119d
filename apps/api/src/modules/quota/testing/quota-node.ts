import { randomBytes, randomUUID } from 'node:crypto'
import { openOrm, User } from '@tollkeeper/db'
import type { Cadence } from '@tollkeeper/shared'
import { readConfig } from '../../../config/config.ts'
import { ChangeFeed } from '../../../kernel/change-feed.ts'
import { type Clock, systemClock } from '../../../kernel/clock.ts'
import type { TenantContext } from '../../../kernel/context.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { createLogger } from '../../../kernel/logger.ts'
import { newId } from '../../../kernel/new-id.ts'
import type { EntitlementFact } from '../../../kernel/ports/quota-engine.ts'
import type { Services } from '../../../kernel/services.ts'
import { createKeyedPool } from '../../../kernel/system-pool.ts'
import { findPlan, seedCatalog } from '../../catalog/index.ts'
import { openTenant } from '../../tenant/index.ts'
import { applyPlan } from '../apply-plan.ts'
import { createQuotaEngine, type EngineOptions } from '../engine/create-quota-engine.ts'

/** One node with what the quota needs of a server, and nothing else. */
export interface QuotaNode extends AsyncDisposable {
  services: Services
  /** Another node on the same database. */
  another(options?: EngineOptions): Promise<QuotaNode>
  /** A tenant on the default plan, and what a request of its owner carries. */
  tenant(): Promise<TenantContext>
  putOnPlan(tenantId: string, planKey: string): Promise<void>
  /** Sets one entitlement outside of any plan, before anything was counted. */
  setLimit(tenantId: string, featureKey: string, limit: number | null, cadence?: Cadence): Promise<EntitlementFact>
  books(tenantId: string): Promise<Books[]>
}

export interface Books {
  featureKey: string
  origin: string
  granted: number | null
  consumed: number
  reserved: number
  /** Σ of the ledger's grants and overages, of its consumption and commits, and of what is held less what was settled. */
  ledgerGranted: number
  ledgerConsumed: number
  ledgerReserved: number
}

export async function openQuotaNode(
  url: string,
  { clock = systemClock, ...options }: EngineOptions & { clock?: Clock } = {},
): Promise<QuotaNode> {
  const parts = new AsyncDisposableStack()
  const logger = createLogger(process.env.TOLLKEEPER_LOG_LEVEL ?? 'silent')
  const orm = await openOrm(url, { poolSize: 6 })
  parts.defer(() => orm.close(true))
  const pool = createKeyedPool(url, 6, logger, 'quota node')
  parts.defer(() => pool.end())
  const changes = new ChangeFeed(pool, logger)
  await changes.start()
  parts.defer(() => changes.close())
  const quota = createQuotaEngine({ pool, clock, logger, changes }, options)
  parts.defer(() => quota.close())
  const config = readConfig({ NODE_ENV: 'test' })
  // issuing a key mails those who look after the tenant, and what a mail says is sealed
  const secrets = { auth: 'unused', refreshTokens: randomBytes(32), backupCodes: randomBytes(32), seal: randomBytes(32) }
  const services = {
    publicUrl: 'http://tollkeeper.test',
    config,
    secrets,
    orm,
    pool,
    keyedPool: pool,
    changes,
    quota,
    clock,
    logger,
  } as Partial<Services> as Services
  await seedCatalog(services)
  return {
    services,
    another: (others = {}) => openQuotaNode(url, { clock, ...options, ...others }),
    tenant: () => makeTenant(services),
    putOnPlan: (tenantId, planKey) => putOnPlan(services, tenantId, planKey),
    setLimit: (tenantId, featureKey, limit, cadence = 'never') => setLimit(services, { tenantId, featureKey, limit, cadence }),
    books: (tenantId) => readBooks(services, tenantId),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  }
}

async function makeTenant(services: Services): Promise<TenantContext> {
  const userId = newId('user')
  const tenant = await inSystemTransaction(services, async (tx) => {
    tx.em.create(User, {
      id: userId,
      name: 'Ada',
      email: `${userId}@example.test`,
      emailVerified: true,
      createdAt: tx.now,
      updatedAt: tx.now,
    })
    await tx.em.flush()
    return openTenant(tx, { name: 'Test', ownerId: userId, personal: false })
  })
  return {
    services,
    requestId: randomUUID(),
    caller: {
      kind: 'user',
      userId,
      sessionId: 'ses_1',
      via: 'access_token',
      operatorRole: null,
      provedAt: Date.now(),
      secondFactor: null,
      memberships: [{ tenantId: tenant.id, role: 'owner' }],
    },
    requestedTenantId: null,
    idempotencyKey: null,
    idempotency: null,
    client: { ip: '127.0.0.1', userAgent: null },
    setHeader: () => undefined,
    tenantId: tenant.id,
    role: 'owner',
    permissions: ['decision:ask', 'usage:read', 'usage:write', 'api_key:write', 'api_key:read', 'billing:read'],
  }
}

async function putOnPlan(services: Services, tenantId: string, planKey: string): Promise<void> {
  const { liveVersionId } = await findPlan(services, planKey)
  await inSystemTransaction(services, ({ em, now }) =>
    applyPlan(em, { tenantId, planKey, planVersionId: liveVersionId, source: 'test', now }),
  )
}

async function setLimit(
  { pool }: Services,
  { tenantId, featureKey, limit, cadence }: EntitlementFact & { tenantId: string },
): Promise<EntitlementFact> {
  await pool.query('update entitlement set limit_units = $3, cadence = $4 where tenant_id = $1 and feature_key = $2', [
    tenantId,
    featureKey,
    limit,
    cadence,
  ])
  return { featureKey, limit, cadence }
}

async function readBooks({ pool }: Services, tenantId: string): Promise<Books[]> {
  const { rows } = await pool.query<Books>(
    `select b.feature_key as "featureKey", b.origin, b.granted::float8 as granted, b.consumed::float8 as consumed, b.reserved::float8 as reserved,
       coalesce((select sum(q.units) from quota_entry q where q.tenant_id = b.tenant_id and q.feature_key = b.feature_key
         and q.window_start = b.window_start and q.origin = b.origin and q.kind in ('grant', 'overage', 'void')), 0)::float8 as "ledgerGranted",
       coalesce((select sum(q.units) from quota_entry q where q.tenant_id = b.tenant_id and q.feature_key = b.feature_key
         and q.window_start = b.window_start and q.origin = b.origin and q.kind in ('consume', 'commit', 'correct', 'acquire', 'give_back')), 0)::float8 as "ledgerConsumed",
       coalesce((select sum(case q.kind when 'reserve' then q.units else -q.units end) from quota_entry q
         where q.tenant_id = b.tenant_id and q.feature_key = b.feature_key and q.window_start = b.window_start and q.origin = b.origin
         and q.kind in ('reserve', 'commit', 'release', 'expire')), 0)::float8 as "ledgerReserved"
     from balance b where b.tenant_id = $1 order by b.feature_key, b.window_start, b.origin`,
    [tenantId],
  )
  return rows
}
