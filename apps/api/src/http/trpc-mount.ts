import type { TRPCError } from '@trpc/server'
import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from '@trpc/server/adapters/fastify'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import secureJson from 'secure-json-parse'
import { AppError } from '../kernel/app-error.ts'
import type { Services } from '../kernel/services.ts'
import { type AppRouter, appRouter } from '../router.ts'
import { toAppError, toTRPCError } from '../trpc/error-shape.ts'
import { fromRoute } from './errors.ts'
import { requestContext } from './request-context.ts'
import { retryAfter } from './trpc-wire.ts'

/** Calls one HTTP request may carry. Brakes are charged per call all the same. */
const MAX_BATCH_SIZE = 10

/** tRPC on /trpc, in the stock adapter; the calls of the hot path are answered before it, by http/hot-routes.ts. */
export function trpcMount(services: Services) {
  return async (app: FastifyInstance) => {
    app.addHook('preHandler', async (request, reply) => {
      reply.header('cache-control', 'no-store')
      refuseUnsafeBody(request)
    })
    app.setErrorHandler((error, request, reply) => {
      const failure = toTRPCError(fromRoute(error))
      const appError = fromRoute(failure.cause)
      const { next, status } = appError.row
      const data = { code: appError.code, status, httpStatus: status, next, requestId: request.id }
      return reply.status(status).send({ error: { message: appError.message, code: -32600, data } })
    })
    await app.register(fastifyTRPCPlugin, {
      prefix: '/trpc',
      trpcOptions: {
        router: appRouter,
        maxBatchSize: MAX_BATCH_SIZE,
        responseMeta: ({ errors }) => ({ headers: new Headers(retryAfter(longest(errors))) }),
        createContext: async ({ req, res }) => {
          try {
            return await requestContext(services, req, res)
          } catch (error) {
            throw toTRPCError(error)
          }
        },
      },
    } satisfies FastifyTRPCPluginOptions<AppRouter>)
  }
}

/** Of several calls that are to come back, the last. */
function longest(errors: readonly TRPCError[]): number | undefined {
  const seconds = errors.flatMap((error) => toAppError(error).retryAfterSeconds ?? [])
  return seconds.length === 0 ? undefined : Math.max(...seconds)
}

/** The adapter reads JSON with the bare parser, which lets `__proto__` through; and it reads form data, which no procedure takes. */
function refuseUnsafeBody(request: FastifyRequest): void {
  const { body } = request
  if (body === undefined || body === null) return
  if (typeof body !== 'string') throw new AppError('input.unsupported_media_type')
  try {
    const parsed: unknown = JSON.parse(body === '' ? 'null' : body)
    // a mutation without input comes with an empty body
    if (typeof parsed === 'object' && parsed !== null) secureJson.scan(parsed, { protoAction: 'error', constructorAction: 'error' })
  } catch (error) {
    throw new AppError('input.malformed_json', { cause: error })
  }
}
