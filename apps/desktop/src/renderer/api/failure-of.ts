import type { Failure } from '../../bridge/failure.ts'
import { ConsoleFailure } from '../bridge/ask.ts'

/** Whatever was thrown, as a failure to show. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ConsoleFailure) return error.failure
  if (error instanceof Error && error.cause instanceof ConsoleFailure) return error.cause.failure
  return {
    code: 'console.internal',
    title: error instanceof Error && error.message ? error.message : 'Something failed in the console.',
    next: 'Try again; if it stays, restart the console and report it.',
    requestId: null,
  }
}
