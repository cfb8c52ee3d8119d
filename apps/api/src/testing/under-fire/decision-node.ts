// A server of nothing but decisions: the hot routes, key look-up, change feed and quota engine of the whole server, which starts
// in a fraction of its time. A program of its own, so that it can be killed and held up.
import Fastify, { type FastifyBaseLogger } from 'fastify'
import { installErrors } from '../../http/errors.ts'
import { installFastPath } from '../../http/fast-path.ts'
import { hotRoutes } from '../../http/hot-routes.ts'
import { ChangeFeed } from '../../kernel/change-feed.ts'
import { systemClock } from '../../kernel/clock.ts'
import { createLogger } from '../../kernel/logger.ts'
import { newId } from '../../kernel/new-id.ts'
import type { Services } from '../../kernel/services.ts'
import { createKeyedPool } from '../../kernel/system-pool.ts'
import { verifyKey } from '../../modules/api-key/index.ts'
import { createQuotaEngine } from '../../modules/quota/index.ts'

const logger = createLogger('silent')
const pool = createKeyedPool(process.env.DATABASE_URL!, 10, logger, 'decisions')
const changes = new ChangeFeed(pool, logger)
await changes.start()
const quota = createQuotaEngine({ pool, clock: systemClock, logger, changes })
const services = { pool, changes, clock: systemClock, logger, quota } as Partial<Services> as Services
const app = Fastify({ loggerInstance: logger as FastifyBaseLogger, genReqId: () => newId('request') })
installErrors(app)
installFastPath(app, services)
await app.register(hotRoutes(services, (headers) => verifyKey(services, String(headers.authorization).slice('Bearer '.length))))
app.get('/readyz', () => ({ status: 'ready' }))
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })

// whoever started it may be ended without a word
const starter = process.ppid
setInterval(() => process.ppid !== starter && process.exit(1), 1_000).unref()

process.once('SIGTERM', async () => {
  await app.close()
  await quota.close()
  await changes.close()
  await pool.end()
})
