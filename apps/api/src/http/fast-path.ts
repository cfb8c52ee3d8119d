import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, RequestListener, ServerResponse } from 'node:http'
import { AuthorizeInput } from '@tollkeeper/shared'
import type { FastifyInstance } from 'fastify'
import { parse } from 'secure-json-parse'
import type { AppError } from '../kernel/app-error.ts'
import { newId } from '../kernel/new-id.ts'
import type { Services } from '../kernel/services.ts'
import { decide, type Subject } from '../modules/quota/index.ts'
import { decisionJson, tell } from './decision-json.ts'
import { fromRoute, problemAnswer } from './errors.ts'
import { rememberedSubject } from './hot-subject.ts'
import { trpcAnswer, trpcFailure, trpcInput } from './trpc-wire.ts'

/** How `authorize` is asked and answered at one address. */
interface Wire {
  inputOf(body: unknown): unknown
  answer(decision: string): string
  failure(error: AppError, requestId: string): { status: number; headers: OutgoingHttpHeaders; body: string }
}

const overTrpc = (batched: boolean): Wire => ({
  inputOf: (body) => trpcInput(body, batched),
  answer: (decision) => trpcAnswer({ batched }, decision),
  failure: (error, requestId) => trpcFailure({ batched }, error, requestId),
})

const wires = new Map<string, Wire>([
  ['/api/v1/authorize', { inputOf: (body) => body, answer: (decision) => decision, failure: problemAnswer }],
  ['/trpc/quota.authorize', overTrpc(false)],
  ['/trpc/quota.authorize?batch=1', overTrpc(true)],
])

/** What is longer goes the general way, which stops it while it comes. */
const MOST_BYTES = 16_384

/**
 * Answers the commonest request of all, an `authorize` in good order by an API key that this node remembers, before the framework
 * sees it: its routing, body parser and bookkeeping cost a third of such an answer. The schemas, guards and domain functions are
 * those of the hot routes. Whatever else comes is theirs, untouched: its head, and what was read of its body.
 */
export function installFastPath({ server }: FastifyInstance, services: Services): void {
  const [general] = server.listeners('request') as RequestListener[]
  server.removeAllListeners('request')
  server.on('request', (request, response) => {
    const wire = request.method === 'POST' ? wires.get(request.url!) : undefined
    const subject = wire && isPlain(request.headers) ? subjectOf(services, request.headers) : null
    if (wire && subject) answerWhenRead(services, { request, response, wire, subject, general: general! })
    else general!(request, response)
  })
}

interface Asked {
  request: IncomingMessage
  response: ServerResponse
  wire: Wire
  subject: Subject
  general: RequestListener
}

function isPlain(headers: IncomingHttpHeaders): boolean {
  const length = Number(headers['content-length'])
  return length > 0 && length <= MOST_BYTES && headers['content-type']?.startsWith('application/json') === true
}

/** A key that is no longer good is refused in the general way. */
function subjectOf(services: Services, headers: IncomingHttpHeaders): Subject | null {
  try {
    return rememberedSubject(services, headers)
  } catch {
    return null
  }
}

function answerWhenRead(services: Services, { request, response, wire, subject, general }: Asked): void {
  const length = Number(request.headers['content-length'])
  let read: Buffer | null = null
  const take = (chunk: Buffer) => {
    read = read === null ? chunk : Buffer.concat([read, chunk])
    if (read.length < length) return
    const input = inputIn(read, wire)
    if (input !== null) {
      decide(services, subject, input).then(
        (decision) => tell(response, wire.answer(decisionJson(decision))),
        (error: unknown) => fail(services, response, wire, error),
      )
      return
    }
    request.removeListener('data', take)
    request.pause()
    request.unshift(read)
    general(request, response)
  }
  request.on('data', take)
}

/** Null where it is not what was asked for; the general way says why. */
function inputIn(body: Buffer, wire: Wire): AuthorizeInput | null {
  try {
    return AuthorizeInput.parse(wire.inputOf(parse(body.toString(), null, { protoAction: 'error', constructorAction: 'error' })))
  } catch {
    return null
  }
}

function fail({ logger }: Services, response: ServerResponse, wire: Wire, thrown: unknown): void {
  const error = fromRoute(thrown)
  const requestId = newId('request')
  if (error.row.ours) logger.error({ err: error.cause ?? error, requestId }, 'a request failed')
  const { status, headers, body } = wire.failure(error, requestId)
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}
