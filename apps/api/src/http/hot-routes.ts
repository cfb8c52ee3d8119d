import type { IncomingHttpHeaders } from 'node:http'
import { AuthorizeInput, CheckInput, type Decision } from '@tollkeeper/shared'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Caller } from '../kernel/caller.ts'
import type { Services } from '../kernel/services.ts'
import { checkFor, decide, type Subject } from '../modules/quota/index.ts'
import { decisionJson, tell } from './decision-json.ts'
import { fromRoute, sendProblem } from './errors.ts'
import { findSubject } from './hot-subject.ts'
import { readTrpcCall, trpcAnswer, trpcFailure } from './trpc-wire.ts'

/** Finds out who asks, for the credentials that are not an API key this node remembers. */
export type Identify = (headers: IncomingHttpHeaders, method: string) => Promise<Caller>

/**
 * The calls an app makes on every request of its own: the same schemas, guards and domain functions as their procedures, without
 * what the general way costs (six requests' worth in tRPC's adapter). Registered outside of the hooks of the other routes; these
 * static paths win over the adapter's and REST's. Most of what comes to the first and the last is answered by the fast path already.
 */
export function hotRoutes(services: Services, identify: Identify) {
  return (app: FastifyInstance, _options: object, done: () => void) => {
    const subjectOf = (request: FastifyRequest) => findSubject(services, identify, request)
    // a logger of its own for every request costs as much as the decision; failures name their request themselves
    app.setChildLoggerFactory((logger) => logger)

    app.post('/api/v1/authorize', (request, reply) => {
      authorize(services, subjectOf, request, request.body)
        .then((decision) => answer(reply, decisionJson(decision)))
        .catch((error: unknown) => sendProblem(fromRoute(error), request, reply))
    })

    app.post('/api/v1/check', (request, reply) => {
      check(services, subjectOf, request)
        .then((decision) => answer(reply, decisionJson(decision)))
        .catch((error: unknown) => sendProblem(fromRoute(error), request, reply))
    })

    app.post('/trpc/quota.authorize', { errorHandler: trpcErrors }, (request, reply) => {
      const call = readTrpcCall(request)
      authorize(services, subjectOf, request, call.input)
        .then((decision) => answer(reply, trpcAnswer(call, decisionJson(decision))))
        .catch((error: unknown) => trpcErrors(error, request, reply))
    })
    done()
  }
}

type SubjectOf = (request: FastifyRequest) => Subject | Promise<Subject>

async function authorize(services: Services, subjectOf: SubjectOf, request: FastifyRequest, body: unknown): Promise<Decision> {
  const subject = subjectOf(request)
  return decide(services, subject instanceof Promise ? await subject : subject, AuthorizeInput.parse(body))
}

async function check(services: Services, subjectOf: SubjectOf, request: FastifyRequest): Promise<Decision> {
  return checkFor(services, await subjectOf(request), CheckInput.parse(request.body))
}

/** Writes the answer past Fastify's own way out, which no hook of these routes needs. */
function answer(reply: FastifyReply, body: string): void {
  reply.hijack()
  tell(reply.raw, body)
}

function trpcErrors(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const failure = fromRoute(error)
  if (failure.row.ours) request.log.error({ err: failure.cause ?? failure }, 'a procedure failed')
  const { status, headers, body } = trpcFailure(readTrpcCall(request), failure, request.id)
  return reply.status(status).headers(headers).send(body)
}
