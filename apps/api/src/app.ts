import Fastify, { type FastifyInstance, LogController } from 'fastify'
import { accessLog } from './http/access-log.ts'
import { noteMethods } from './http/allowed-methods.ts'
import { authMount } from './http/auth-mount.ts'
import { avatars } from './http/avatars.ts'
import { booksMetrics } from './http/books-metrics.ts'
import { closeIdleConnections } from './http/close-idle-connections.ts'
import { installErrors } from './http/errors.ts'
import { installFastPath } from './http/fast-path.ts'
import { health } from './http/health.ts'
import { hotRoutes } from './http/hot-routes.ts'
import { jwks } from './http/jwks.ts'
import { mailbox } from './http/mailbox.ts'
import { createMetrics, measureAnswers, metricsRoute } from './http/metrics.ts'
import { securityHeaders } from './http/security-headers.ts'
import { stripeWebhook } from './http/stripe-webhook.ts'
import { trpcMount } from './http/trpc-mount.ts'
import { webClient } from './http/web-client.ts'
import { newId } from './kernel/new-id.ts'
import type { Services } from './kernel/services.ts'
import { identify } from './modules/access/index.ts'
import { documentation } from './rest/documentation.ts'
import { restRoutes } from './rest/rest-routes.ts'
import { version } from './version.ts'

export interface AppOptions {
  /** Folder of the built web client; tests name one of their own. */
  webFolder?: string
  /** Routes of the payment sandbox's pages, when it runs inside this server. */
  sandboxPages?: (app: FastifyInstance) => Promise<void>
}

/** The whole HTTP server, in the order in which a request meets it. It listens to nothing until it is told to. */
export async function buildApp(services: Services, options: AppOptions = {}): Promise<FastifyInstance> {
  const { config, logger } = services
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: () => newId('request'),
    bodyLimit: config.http.bodyLimitBytes,
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 72_000,
    trustProxy: config.http.trustedProxies.length > 0 ? config.http.trustedProxies : false,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    routerOptions: { maxParamLength: 2000, ignoreTrailingSlash: true },
    forceCloseConnections: 'idle',
  })
  // JSON is all that is read, unless a route says otherwise
  app.removeContentTypeParser('text/plain')
  const metrics = createMetrics(services.brakes)
  booksMetrics(metrics, services)
  installErrors(app)
  const allowedMethods = noteMethods(app)
  closeIdleConnections(app)
  installFastPath(app, services)

  await app.register(hotRoutes(services, (headers, method) => identify(services, headers, method)))

  await app.register(async (cold) => {
    await securityHeaders(cold, { production: config.production })
    measureAnswers(cold, metrics)
    accessLog(cold)
    cold.addHook('onSend', async (request, reply) => {
      reply.header('x-request-id', request.id)
    })
    await cold.register(health(services, version))
    await cold.register(metricsRoute(metrics))
    await cold.register(jwks(services))
    await cold.register(authMount(services))
    await cold.register(avatars(services))
    await cold.register(stripeWebhook(services), { prefix: '/api/v1' })
    await cold.register(trpcMount(services))
    await cold.register(restRoutes(services), { prefix: '/api/v1' })
    await cold.register(documentation(services.publicUrl, version))
    if (!config.production) await cold.register(mailbox(services))
    if (options.sandboxPages) await cold.register(options.sandboxPages)
    await cold.register(webClient(allowedMethods, options.webFolder))
  })
  return app
}
