export type ErrorType = 'invalid_request_error' | 'idempotency_error' | 'card_error' | 'api_error'

export interface ErrorDetails {
  code?: string
  param?: string
  decline_code?: string
  payment_intent?: unknown
  charge?: string
}

/** A refusal in Stripe's own words. `keepsWork` says that what was done before it (a declined attempt, say) stays in the books. */
export class ApiError extends Error {
  readonly status: number
  readonly type: ErrorType
  readonly details: ErrorDetails
  readonly keepsWork: boolean

  constructor(status: number, type: ErrorType, message: string, details: ErrorDetails = {}, keepsWork = false) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.type = type
    this.details = details
    this.keepsWork = keepsWork
  }

  /** The body the SDK turns into an exception of the matching class. */
  toBody(): { error: ErrorDetails & { type: ErrorType; message: string } } {
    return { error: { type: this.type, message: this.message, ...this.details } }
  }
}

/** 400: the request cannot be carried out as written. */
export function refused(message: string, details: ErrorDetails = {}): ApiError {
  return new ApiError(400, 'invalid_request_error', message, details)
}

/** 404 for an id in the path, 400 for one in the body (then `param` names it). */
export function noSuch(noun: string, id: string, param?: string): ApiError {
  return new ApiError(param === undefined || param === 'id' ? 404 : 400, 'invalid_request_error', `No such ${noun}: '${id}'`, {
    code: 'resource_missing',
    param: param ?? 'id',
  })
}
