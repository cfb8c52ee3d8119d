import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { AppError } from '../kernel/app-error.ts'
import type { AllowedMethods } from './allowed-methods.ts'
import { sendProblem } from './errors.ts'

const built = resolve(import.meta.dirname, '../../../web/dist')

/** Paths that belong to programs: a missing one is a problem document, never the web client's page. */
const forPrograms = /^\/(api|trpc|webhooks|docs|dev|healthz|readyz|metrics|\.well-known|_stripe)(\/|$)/

/**
 * Serves the built web client on the server's own port. Every path that is not a program's or a file's is answered by its page,
 * which finds the screen by itself. Without a build (while developing the server) those paths say how to make one.
 * A path that is there with another method is told apart from one that is not.
 */
export function webClient(allowedMethods: AllowedMethods, folder = built) {
  return async (app: FastifyInstance) => {
    const index = join(folder, 'index.html')
    const readPage = pageReader(index)
    if (readPage()) {
      await app.register(fastifyStatic, {
        root: join(folder, 'assets'),
        prefix: '/assets/',
        immutable: true,
        maxAge: '365d',
        wildcard: true,
      })
    }
    app.setNotFoundHandler((request, reply) => {
      const wantsPage =
        (request.method === 'GET' || request.method === 'HEAD') &&
        !forPrograms.test(request.url) &&
        !request.url.startsWith('/assets/')
      const page = wantsPage ? readPage() : null
      if (!wantsPage) {
        const methods = allowedMethods(request.url.split('?', 1)[0]!)
        if (methods.length === 0) return sendProblem(new AppError('route.not_found'), request, reply)
        return sendProblem(new AppError('route.method_not_allowed'), request, reply.header('allow', methods.join(', ')))
      }
      if (!page)
        return reply
          .status(503)
          .type('text/plain')
          .send('The web client is not built. Run `npm start`, or `pnpm --filter @tollkeeper/web build`.\n')
      return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page)
    })
  }
}

/** The page names its scripts by their content, so it is read again once a new build has replaced it. */
function pageReader(file: string): () => Buffer | null {
  let page: Buffer | null = null
  let readAt = -1
  return () => {
    const changedAt = statSync(file, { throwIfNoEntry: false })?.mtimeMs
    if (changedAt === undefined) return null
    if (changedAt !== readAt) {
      page = readFileSync(file)
      readAt = changedAt
    }
    return page
  }
}
