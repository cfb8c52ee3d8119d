import type { FastifyInstance } from 'fastify'
import { AppError } from '../kernel/app-error.ts'
import type { Services } from '../kernel/services.ts'
import { answerProvider } from '../modules/auth/index.ts'
import { requestContext } from './request-context.ts'

/** The way back from GitHub and Google. Its address is set at the provider, so it is no part of the API. */
export function authMount(services: Services) {
  return async (app: FastifyInstance) => {
    app.get<{ Params: { provider: string } }>('/api/auth/callback/:provider', async (request, reply) => {
      const ctx = await requestContext(services, request, reply)
      await services.brakes.charge(ctx, 'sign_in')
      const { query, headers, params } = request
      const address = await answerProvider(ctx, params.provider, { query, cookie: headers.cookie })
      if (address === null) throw new AppError('route.not_found')
      return reply.header('cache-control', 'no-store').redirect(address, 302)
    })
  }
}
