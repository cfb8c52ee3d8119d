import { type ErrorCode, type ErrorData, errorTable, type Fault } from '@tollkeeper/shared'
import { TRPCError } from '@trpc/server'
import { ZodError } from 'zod'
import { AppError } from '../kernel/app-error.ts'
import { isDatabaseDown } from '../kernel/database-errors.ts'

const trpcCodes: Record<number, TRPCError['code']> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  402: 'PAYMENT_REQUIRED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_SUPPORTED',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL_SERVER_ERROR',
  503: 'SERVICE_UNAVAILABLE',
}

/** Whatever was thrown, as a failure of the error table. What the table does not know is ours, and keeps its text to itself. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (error instanceof ZodError) return new AppError('input.invalid', { faults: toFaults(error), cause: error })
  if (isDatabaseDown(error)) return new AppError('service.unavailable', { cause: error })
  if (error instanceof TRPCError) {
    // what a procedure was given is the caller's, what it answered is ours, though the same schemas judge both
    if (error.cause instanceof ZodError && error.code !== 'BAD_REQUEST') return new AppError('service.internal', { cause: error })
    if (error.cause && error.cause !== error) return toAppError(error.cause)
    return new AppError(codeOfTransport(error), { cause: error })
  }
  return new AppError('service.internal', { cause: error })
}

/** The tRPC error of a failure: the table's status, and the failure itself as the cause. */
export function toTRPCError(error: unknown): TRPCError {
  const appError = toAppError(error)
  return new TRPCError({
    code: trpcCodes[appError.row.status] ?? 'INTERNAL_SERVER_ERROR',
    message: appError.message,
    cause: appError,
  })
}

/** What a client sees of a failure: our code, what to do next, the path of each fault. */
export function toErrorShape(
  error: TRPCError,
  requestId: string | null,
): { message: string; data: ErrorData & { httpStatus: number } } {
  const appError = toAppError(error)
  const { faults, decisionId, challenge, remedies } = appError.particulars
  const { status, next } = errorTable[appError.code]
  return {
    message: appError.message,
    data: {
      code: appError.code,
      status,
      httpStatus: status,
      next,
      requestId: requestId ?? '',
      faults,
      decisionId,
      retryAfterSeconds: appError.retryAfterSeconds,
      ...(challenge ? { challenge } : {}),
      remedies,
    },
  }
}

function toFaults(error: ZodError): Fault[] {
  return error.issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return [{ path: issue.path.join('.'), message: issue.message }]
    return issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: 'is not a field of this request' }))
  })
}

/** Failures that tRPC itself finds, before any procedure runs. */
function codeOfTransport(error: TRPCError): ErrorCode {
  switch (error.code) {
    case 'PARSE_ERROR':
      return 'input.malformed_json'
    case 'BAD_REQUEST':
      return 'input.malformed_json'
    case 'NOT_FOUND':
      return 'route.not_found'
    case 'METHOD_NOT_SUPPORTED':
      return 'route.method_not_allowed'
    case 'PAYLOAD_TOO_LARGE':
      return 'input.too_large'
    case 'UNSUPPORTED_MEDIA_TYPE':
      return 'input.unsupported_media_type'
    default:
      return 'service.internal'
  }
}
