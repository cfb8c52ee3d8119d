import type { Problem } from '@tollkeeper/shared'
import type { AppError } from '../kernel/app-error.ts'

/** A failure as it is told over REST. */
export function toProblem(error: AppError, requestId: string): Problem {
  const { title, status, next } = error.row
  const { detail, faults, decisionId, challenge, remedies } = error.particulars
  const { retryAfterSeconds } = error
  return {
    type: `/docs/errors#${error.code}`,
    title,
    status,
    detail: detail ? `${detail} ${next}` : next,
    next,
    code: error.code,
    requestId,
    ...(faults ? { faults } : {}),
    ...(decisionId ? { decisionId } : {}),
    ...(challenge ? { challenge } : {}),
    ...(remedies ? { remedies } : {}),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  }
}
