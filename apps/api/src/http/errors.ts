import type { ErrorCode } from '@tollkeeper/shared'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../kernel/app-error.ts'
import { toAppError } from '../trpc/error-shape.ts'
import { toProblem } from './problem.ts'

/** What Fastify itself refuses, before a handler runs, in our words. */
const transportCodes: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'input.too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'input.unsupported_media_type',
  FST_ERR_CTP_INVALID_JSON_BODY: 'input.malformed_json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'input.malformed_json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'input.malformed_json',
}

/** Whatever was thrown in a route, as a failure of the error table. */
export function fromRoute(error: unknown): AppError {
  if (error instanceof AppError) return error
  const { code, statusCode } = error as Partial<FastifyError>
  if (code && transportCodes[code]) return new AppError(transportCodes[code])
  if (error instanceof SyntaxError && statusCode === 400) return new AppError('input.malformed_json')
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new AppError('input.malformed_json', { cause: error })
  return toAppError(error)
}

/** Answers every failure as a problem (RFC 9457), and logs those that are ours. */
export function installErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => sendProblem(fromRoute(error), request, reply))
}

export function sendProblem(error: AppError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error.row.ours) request.log.error({ err: error.cause ?? error }, 'a request failed')
  const { status, headers, body } = problemAnswer(error, request.id)
  return reply.status(status).headers(headers).serializer(String).send(body)
}

/** A failure as it is written to a client of REST. */
export function problemAnswer(
  error: AppError,
  requestId: string,
): { status: number; headers: Record<string, string>; body: string } {
  const problem = toProblem(error, requestId)
  return {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      ...(problem.retryAfterSeconds === undefined ? {} : { 'retry-after': String(problem.retryAfterSeconds) }),
      ...(problem.status === 401 ? { 'www-authenticate': 'Bearer realm="tollkeeper"' } : {}),
    },
    body: JSON.stringify(problem),
  }
}
