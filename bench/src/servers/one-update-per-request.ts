// Our server with everything but the engine: each request updates the balance's row by itself, in a transaction of its own.
import Fastify from 'fastify'
import { hotRoutes } from '../../../apps/api/src/http/hot-routes.ts'
import { ChangeFeed } from '../../../apps/api/src/kernel/change-feed.ts'
import { systemClock } from '../../../apps/api/src/kernel/clock.ts'
import { createLogger } from '../../../apps/api/src/kernel/logger.ts'
import type { QuotaEngine } from '../../../apps/api/src/kernel/ports/quota-engine.ts'
import type { Services } from '../../../apps/api/src/kernel/services.ts'
import { createSystemPool } from '../../../apps/api/src/kernel/system-pool.ts'
import { verifyKey } from '../../../apps/api/src/modules/api-key/index.ts'
import { createQuotaEngine } from '../../../apps/api/src/modules/quota/index.ts'

const logger = createLogger('error')
const pool = createSystemPool(process.env.DATABASE_URL!, 20, logger)
const changes = new ChangeFeed(pool, logger)
await changes.start()
const usual = createQuotaEngine({ pool, clock: systemClock, logger, changes })

const quota: QuotaEngine = {
  ...usual,
  async consume(request) {
    const { rows } = await pool.query<{ remaining: number; granted: number }>({
      name: 'one-update',
      text: `update balance set consumed = consumed + $3, updated_at = now()
        where tenant_id = $1 and feature_key = $2 and consumed + reserved + leased + $3 <= granted
        returning (granted - consumed - reserved - leased)::float8 as remaining, granted::float8 as granted`,
      values: [request.tenantId, request.entitlement.featureKey, request.amount],
    })
    // the first request of all opens the balance in the usual way
    if (!rows[0]) return usual.consume(request)
    const { decisionId } = request
    return {
      allowed: true,
      decisionId,
      code: 'allowed',
      remaining: rows[0].remaining,
      limit: rows[0].granted,
      resetsAt: null,
      replayed: false,
    }
  },
}

const services = { pool, changes, clock: systemClock, logger, quota } as Partial<Services> as Services
const app = Fastify({ disableRequestLogging: true })
await app.register(hotRoutes(services, (headers) => verifyKey(services, String(headers.authorization).slice('Bearer '.length))))
app.get('/healthz', (_request, reply) => reply.send({ status: 'alive' }))
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
