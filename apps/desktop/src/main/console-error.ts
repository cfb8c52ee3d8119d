import { type ConsoleFailureCode, consoleFailure, type Failure } from '../bridge/failure.ts'

/** A failure on its way to the window. */
export class ConsoleError extends Error {
  readonly failure: Failure

  constructor(failure: Failure, cause?: unknown) {
    super(failure.title, { cause })
    this.failure = failure
  }
}

/** A failure of the console's own table. */
export function failed(code: ConsoleFailureCode, detail?: string, cause?: unknown): ConsoleError {
  return new ConsoleError(consoleFailure(code, detail), cause)
}

/** Whatever was thrown, as a failure; what nobody foresaw keeps its text out of the window. */
export function toFailure(error: unknown): Failure {
  return error instanceof ConsoleError ? error.failure : consoleFailure('console.internal')
}
