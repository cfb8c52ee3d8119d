import type { FastifyInstance } from 'fastify'
import type { Services } from '../kernel/services.ts'

/** GET /healthz: the process lives. GET /readyz: it can do its work, so send it traffic. */
export function health(services: Services, version: string) {
  return (app: FastifyInstance, _options: object, done: () => void) => {
    app.get('/healthz', { logLevel: 'silent' }, (_request, reply) =>
      reply.header('cache-control', 'no-store').send({ status: 'alive', version }),
    )
    app.get('/readyz', { logLevel: 'silent' }, async (_request, reply) => {
      const checks = { database: await isAnswering(services), changeFeed: services.changes.isFresh() }
      const ready = Object.values(checks).every(Boolean)
      return reply
        .status(ready ? 200 : 503)
        .header('cache-control', 'no-store')
        .send({ status: ready ? 'ready' : 'not_ready', checks, version })
    })
    done()
  }
}

async function isAnswering({ pool, logger }: Services): Promise<boolean> {
  try {
    await pool.query('select 1')
    return true
  } catch (error) {
    logger.warn({ err: error }, 'the database does not answer')
    return false
  }
}
