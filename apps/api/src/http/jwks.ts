import type { FastifyInstance } from 'fastify'
import type { Services } from '../kernel/services.ts'
import { publicKeys } from '../modules/auth/index.ts'

/** GET /.well-known/jwks.json: how anybody verifies an access token of ours without asking. */
export function jwks(services: Services) {
  return (app: FastifyInstance, _options: object, done: () => void) => {
    app.get('/.well-known/jwks.json', async (_request, reply) => {
      const keys = await publicKeys(services)
      return reply.header('cache-control', 'public, max-age=300').send(keys)
    })
    done()
  }
}
