import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { Brakes } from '../kernel/brakes.ts'

/** The numbers of one server. Each has a registry of its own, so that tests may run several in one process. */
export function createMetrics({ refusals }: Pick<Brakes, 'refusals'>) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'tollkeeper_' })
  const answerSeconds = new Histogram({
    name: 'tollkeeper_http_answer_seconds',
    help: 'Time to answer, by route and status.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10],
    registers: [registry],
  })
  new Counter({
    name: 'tollkeeper_brake_refusals_total',
    help: 'Calls that a brake held. `too_many_everywhere`: passwords are being tried on many accounts.',
    labelNames: ['brake'] as const,
    registers: [registry],
    collect() {
      this.reset()
      for (const [brake, count] of refusals) this.inc({ brake }, count)
    },
  })
  return { registry, answerSeconds }
}
export type Metrics = ReturnType<typeof createMetrics>

/** GET /metrics in Prometheus' text format. */
export function metricsRoute({ registry }: Metrics) {
  return (app: FastifyInstance, _options: object, done: () => void) => {
    app.get('/metrics', { logLevel: 'silent' }, async (_request, reply) =>
      reply
        .type(registry.contentType)
        .header('cache-control', 'no-store')
        .send(await registry.metrics()),
    )
    done()
  }
}

/** Measures every answer of the routes registered beside it. The hot path does not pass here: it counts for itself. */
export function measureAnswers(app: FastifyInstance, { answerSeconds }: Metrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    const labels = { method: request.method, route: request.routeOptions.url ?? 'none', status: String(reply.statusCode) }
    answerSeconds.observe(labels, reply.elapsedTime / 1000)
    done()
  })
}
