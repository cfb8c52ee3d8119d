import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '../kernel/app-error.ts'
import type { Services } from '../kernel/services.ts'
import { answerBetterAuth } from '../modules/auth/index.ts'
import { requestContext } from './request-context.ts'

/** better-auth's own routes under /api/auth, those few that are reachable. Its bodies are read raw, by itself. */
export function authMount(services: Services) {
  return async (app: FastifyInstance) => {
    await app.register(async (raw) => {
      raw.removeAllContentTypeParsers()
      raw.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
      raw.route({
        method: ['GET', 'POST'],
        url: '/api/auth/*',
        handler: async (request, reply) => {
          const ctx = await requestContext(services, request, reply)
          await services.brakes.charge(ctx, 'sign_in')
          const answer = await answerBetterAuth(ctx, toWebRequest(services, request))
          if (!answer) throw new AppError('route.not_found')
          for (const [name, value] of answer.headers) if (name !== 'set-cookie') reply.header(name, value)
          const cookies = answer.headers.getSetCookie()
          if (cookies.length > 0) reply.header('set-cookie', cookies)
          return reply.status(answer.status).send(Buffer.from(await answer.arrayBuffer()))
        },
      })
    })
  }
}

/** The request as better-auth reads one. Its address is the configured one, whatever the request says of its host. */
function toWebRequest({ publicUrl }: Services, request: FastifyRequest): Request {
  const headers = new Headers()
  for (const name of ['content-type', 'cookie', 'origin', 'referer', 'user-agent', 'accept'] as const) {
    const value = request.headers[name]
    if (value !== undefined) headers.set(name, value)
  }
  const body = request.body instanceof Buffer && request.method !== 'GET' ? new Uint8Array(request.body) : null
  return new Request(`${publicUrl}${request.url}`, { method: request.method, headers, body })
}
