import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'
import type { FastifyRequest } from 'fastify'
import type { AppError } from '../kernel/app-error.ts'
import { toErrorShape, toTRPCError } from '../trpc/error-shape.ts'
import { JSON_TYPE } from './decision-json.ts'

/** One mutation as tRPC sends it: alone, or as a batch of one. */
export interface TrpcCall {
  input: unknown
  batched: boolean
}

/** Reads the input of a call to one procedure. A batch of several has another path, and goes to the adapter. */
export function readTrpcCall({ query, body }: FastifyRequest): TrpcCall {
  const batched = typeof query === 'object' && query !== null && 'batch' in query && query.batch === '1'
  return { input: trpcInput(body, batched), batched }
}

/** The input of the one call in a body. */
export function trpcInput(body: unknown, batched: boolean): unknown {
  if (!batched) return body
  return typeof body === 'object' && body !== null && '0' in body ? body[0] : undefined
}

/** @param data the answer, as JSON */
export function trpcAnswer({ batched }: Pick<TrpcCall, 'batched'>, data: string): string {
  return batched ? `[{"result":{"data":${data}}}]` : `{"result":{"data":${data}}}`
}

/** What says when to come back, of whatever answers it. */
export function retryAfter(seconds: number | undefined): Record<string, string> {
  return seconds === undefined ? {} : { 'retry-after': String(seconds) }
}

/** A failure in the shape the adapter gives it. */
export function trpcFailure(
  { batched }: Pick<TrpcCall, 'batched'>,
  failure: AppError,
  requestId: string,
): { status: number; headers: Record<string, string>; body: string } {
  const error = toTRPCError(failure)
  const { message, data } = toErrorShape(error, requestId)
  const envelope = JSON.stringify({
    error: { message, code: TRPC_ERROR_CODES_BY_KEY[error.code], data: { ...data, path: 'quota.authorize' } },
  })
  return {
    status: data.httpStatus,
    headers: { 'content-type': JSON_TYPE, ...retryAfter(data.retryAfterSeconds) },
    body: batched ? `[${envelope}]` : envelope,
  }
}
