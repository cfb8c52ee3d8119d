// The same decision through tRPC's own Fastify adapter, as it comes.
import { AuthorizeInput } from '@tollkeeper/shared'
import { initTRPC } from '@trpc/server'
import { fastifyTRPCPlugin } from '@trpc/server/adapters/fastify'
import Fastify from 'fastify'
import { findSubject } from '../../../apps/api/src/http/hot-subject.ts'
import { ChangeFeed } from '../../../apps/api/src/kernel/change-feed.ts'
import { systemClock } from '../../../apps/api/src/kernel/clock.ts'
import { createLogger } from '../../../apps/api/src/kernel/logger.ts'
import type { Services } from '../../../apps/api/src/kernel/services.ts'
import { createKeyedPool } from '../../../apps/api/src/kernel/system-pool.ts'
import { verifyKey } from '../../../apps/api/src/modules/api-key/index.ts'
import { createQuotaEngine, decide, type Subject } from '../../../apps/api/src/modules/quota/index.ts'

const logger = createLogger('error')
const pool = createKeyedPool(process.env.DATABASE_URL!, 20, logger, 'stock tRPC')
const changes = new ChangeFeed(pool, logger)
await changes.start()
const quota = createQuotaEngine({ pool, clock: systemClock, logger, changes })
const services = { pool, changes, clock: systemClock, logger, quota } as Partial<Services> as Services

const t = initTRPC.context<{ subject: Subject }>().create()
const router = t.router({
  quota: t.router({
    authorize: t.procedure.input(AuthorizeInput).mutation(({ ctx, input }) => decide(services, ctx.subject, input)),
  }),
})
const app = Fastify({ disableRequestLogging: true })
await app.register(fastifyTRPCPlugin, {
  prefix: '/trpc',
  trpcOptions: {
    router,
    createContext: async ({ req }: { req: Parameters<typeof findSubject>[2] }) => ({
      subject: await findSubject(
        services,
        (headers) => verifyKey(services, String(headers.authorization).slice('Bearer '.length)),
        req,
      ),
    }),
  },
})
app.get('/healthz', (_request, reply) => reply.send({ status: 'alive' }))
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
