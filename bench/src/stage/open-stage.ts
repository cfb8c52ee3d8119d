import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureServerLogin, migrate } from '@tollkeeper/db'
import { startEmbeddedPostgres } from '@tollkeeper/db/embedded'
import pg from 'pg'
import { putKey } from '../../../apps/api/src/modules/api-key/testing/put-key.ts'
import { openQuotaNode } from '../../../apps/api/src/modules/quota/testing/quota-node.ts'
import { FEATURES } from '../../../apps/api/src/testing/under-fire/open-balances.ts'

/** What the measurements are played on: a durable PostgreSQL of their own, and one tenant with one key and a limit out of reach. */
export interface Stage extends AsyncDisposable {
  /** As the server's own login, and as the superuser. */
  databaseUrl: string
  adminUrl: string
  dataDir: string
  tenantId: string
  secret: string
  /** Units of `characters` that are counted, as the database has it. */
  consumed(): Promise<number>
}

const OUT_OF_REACH = 1_000_000_000_000

export async function openStage(): Promise<Stage> {
  await using parts = new AsyncDisposableStack()
  const dataDir = await mkdtemp(join(tmpdir(), 'tollkeeper-bench-'))
  // run as root, the database's own account has to reach it
  await chmod(dataDir, 0o755)
  parts.defer(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }))
  const postgres = await startEmbeddedPostgres({
    dataDir: join(dataDir, 'postgres'),
    databases: ['bench'],
    settings: { max_connections: '200' },
  })
  parts.defer(() => postgres.stop())
  const adminUrl = postgres.url('bench')
  const databaseUrl = await ensureServerLogin(adminUrl)
  await migrate(databaseUrl)
  const { tenantId, secret } = await openHotTenant(databaseUrl)
  await lease(adminUrl, FEATURES.leased)
  const stack = parts.move()
  return {
    databaseUrl,
    adminUrl,
    dataDir,
    tenantId,
    secret,
    consumed: () => readConsumed(adminUrl, tenantId),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

async function openHotTenant(databaseUrl: string): Promise<{ tenantId: string; secret: string }> {
  await using node = await openQuotaNode(databaseUrl)
  const ctx = await node.tenant()
  for (const feature of Object.values(FEATURES)) await node.setLimit(ctx.tenantId, feature, OUT_OF_REACH)
  const secret = await putKey(node.services, ctx.tenantId, ['decision:ask', 'usage:write'])
  return { tenantId: ctx.tenantId, secret }
}

/** Lets nodes take units of a feature ahead. */
async function lease(adminUrl: string, feature: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query('update feature set leased = true where key = $1', [feature])
  } finally {
    await client.end()
  }
}

async function readConsumed(adminUrl: string, tenantId: string): Promise<number> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ consumed: number | null }>(
      `select sum(consumed)::float8 as consumed from balance where tenant_id = $1 and feature_key = $2`,
      [tenantId, FEATURES.durable],
    )
    return rows[0]?.consumed ?? 0
  } finally {
    await client.end()
  }
}
