import { Readable } from 'node:stream'
import type { FileStream } from '@tollkeeper/shared'
import { callTRPCProcedure } from '@trpc/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fromRoute } from '../http/errors.ts'
import { requestContext } from '../http/request-context.ts'
import { AppError } from '../kernel/app-error.ts'
import type { Services } from '../kernel/services.ts'
import { appRouter } from '../router.ts'
import { inputReader } from './read-input.ts'
import { type RestProcedure, restProcedures, tenantInPath } from './rest-procedures.ts'
import { answerOfElement, failureOfElement, isSoleElement } from './sole-element.ts'

/** Routes that are answered by http/hot-routes.ts, with the same input, output and domain function. */
const hot = new Set(['quota.authorize', 'quota.check'])

/** REST: each route calls the procedure that declares it, so that both have the same guards, inputs and answers. */
export function restRoutes(services: Services) {
  return (app: FastifyInstance, _options: object, done: () => void) => {
    for (const procedure of restProcedures()) if (!hot.has(procedure.name)) addRoute(app, services, procedure)
    done()
  }
}

function addRoute(app: FastifyInstance, services: Services, { name, type, meta, input }: RestProcedure): void {
  const { method, path, status = 200, produces, oneOf } = meta.rest
  const read = inputReader(input, method)
  const tenantName = tenantInPath(meta.rest.path)
  app.route({
    method,
    url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
    handler: async (request, reply) => {
      const ctx = await requestContext(services, request, reply)
      if (tenantName !== null) ctx.requestedTenantId = tenantOf(request, tenantName)
      const abort = new AbortController()
      const ask = (rawInput: unknown): Promise<unknown> =>
        callTRPCProcedure({
          router: appRouter,
          path: name,
          getRawInput: async () => rawInput,
          ctx,
          type,
          signal: abort.signal,
          batchIndex: 0,
        })
      const given = read(request)
      const answer = await (oneOf !== undefined && isSoleElement(given, oneOf) ? askForOne(ask, given, oneOf) : ask(given))
      reply.header('cache-control', 'no-store')
      if (produces) return sendFile(reply, produces, answer as FileStream)
      return reply.status(status).send(answer)
    },
  })
}

/** Asks with a list of one, and tells of that one by itself. */
async function askForOne(ask: (input: unknown) => Promise<unknown>, element: object, list: string): Promise<object> {
  try {
    return answerOfElement((await ask({ [list]: [element] })) as object, list)
  } catch (error) {
    throw failureOfElement(fromRoute(error), list)
  }
}

/** The path says which tenant is meant, as X-Tenant-Id would. @throws AppError tenant.not_found when the header says another */
function tenantOf({ params, headers }: FastifyRequest, name: string): string {
  const tenantId = (params as Record<string, string>)[name]!
  const named = headers['x-tenant-id']
  if (named !== undefined && named !== tenantId) throw new AppError('tenant.not_found')
  return tenantId
}

/** A chunk is made when the one before was taken. When one cannot be made, the connection breaks: a short file is never a whole one. */
function sendFile(reply: FastifyReply, type: string, { name, text }: FileStream): FastifyReply {
  return reply
    .type(`${type}; charset=utf-8`)
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(Readable.from(text, { highWaterMark: 1 }))
}
