import type { FastifyInstance } from 'fastify'
import { AppError } from '../kernel/app-error.ts'
import type { Services } from '../kernel/services.ts'
import { readAvatar } from '../modules/auth/index.ts'

const KEY = /^([\w-]{22})\.webp$/

/**
 * GET /avatars/{key}.webp: a person's picture, for whoever was shown its address. It is served as a picture and as nothing else,
 * whatever is in it, and may be shown by pages of other origins, as the console is one.
 */
export function avatars(services: Services) {
  return (app: FastifyInstance, _options: object, done: () => void) => {
    app.get<{ Params: { file: string } }>('/avatars/:file', async (request, reply) => {
      const key = KEY.exec(request.params.file)?.[1]
      const image = key ? await readAvatar(services, key) : null
      if (!image) throw new AppError('route.not_found', { detail: 'There is no such picture.' })
      return reply
        .type('image/webp')
        .header('cache-control', 'private, max-age=3600')
        .header('content-disposition', 'inline; filename="avatar.webp"')
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('cross-origin-resource-policy', 'cross-origin')
        .send(image)
    })
    done()
  }
}
