import type { FastifyInstance } from 'fastify'

/**
 * One line for every answer of the routes registered beside it, with the request's id. The route's pattern is written, never the
 * address: addresses carry tokens. The hot path writes none; its refusals are in the decision log.
 */
export function accessLog(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? null,
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime * 10) / 10,
      },
      'answered',
    )
    done()
  })
}
