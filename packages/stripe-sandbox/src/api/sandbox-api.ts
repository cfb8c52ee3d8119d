import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { newId } from '../objects/new-id.ts'
import type { Sandbox } from '../sandbox.ts'
import { answerRequest } from './answer-request.ts'
import { ApiError } from './api-error.ts'
import { authorize } from './authorize.ts'
import { clockRoutes } from './clock-routes.ts'
import { routeTable } from './route-table.ts'

/** Stripe's API (`/v1/…`) and the clock's (`/_sandbox/…`) as a Fastify plugin. */
export const sandboxApi: FastifyPluginAsync<{ sandbox: Sandbox }> = async (app, { sandbox }) => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))

  app.addHook('onRequest', async (request, reply) => {
    reply.header('request-id', newId('req', 14))
    const version = request.headers['stripe-version']
    if (version) reply.header('stripe-version', version)
    authorize(request.headers.authorization)
  })

  app.setErrorHandler((error, request, reply) => {
    const refusal = error instanceof ApiError ? error : unexpected(error, sandbox, request)
    return sendJson(reply, refusal.status, JSON.stringify(refusal.toBody(), null, 2))
  })

  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0]
    const message = `Unrecognized request URL (${request.method}: ${path}). The sandbox does not speak this part of Stripe's API.`
    return sendJson(reply, 404, JSON.stringify(new ApiError(404, 'invalid_request_error', message).toBody(), null, 2))
  })

  for (const route of routeTable) {
    app.route<{ Params: { id?: string } }>({
      method: route.method,
      url: route.path,
      handler: async (request, reply) => {
        const key = request.headers['idempotency-key']
        const answer = await answerRequest(sandbox, route, {
          requestId: String(reply.getHeader('request-id')),
          path: route.path.replace(':id', request.params.id ?? ''),
          id: request.params.id ?? '',
          form: route.method === 'POST' ? String(request.body ?? '') : (request.url.split('?')[1] ?? ''),
          idempotencyKey: typeof key === 'string' ? key : null,
        })
        if (answer === 'hang_up') {
          reply.hijack()
          request.raw.socket.destroy()
          return
        }
        if (answer.replayed) reply.header('idempotent-replayed', 'true')
        return sendJson(reply, answer.status, answer.body)
      },
    })
  }
  clockRoutes(app, sandbox)
}

function sendJson(reply: FastifyReply, status: number, body: string): FastifyReply {
  return reply.code(status).header('content-type', 'application/json').send(body)
}

function unexpected(error: unknown, sandbox: Sandbox, request: FastifyRequest): ApiError {
  const status = statusOf(error)
  if (status !== null && status < 500) {
    return new ApiError(status, 'invalid_request_error', error instanceof Error ? error.message : 'Invalid request')
  }
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
  sandbox.logger.error(`${request.method} ${request.url} failed in the sandbox itself: ${reason}`)
  return new ApiError(500, 'api_error', 'The sandbox itself failed. Its log says why; nothing was changed by this request.')
}

function statusOf(error: unknown): number | null {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : null
  return typeof status === 'number' ? status : null
}
