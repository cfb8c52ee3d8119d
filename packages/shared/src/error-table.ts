import { billingErrors } from './error-table/billing.ts'
import { quotaErrors } from './error-table/quota.ts'
import { requestErrors } from './error-table/request.ts'
import { signInErrors } from './error-table/sign-in.ts'
import { tenantErrors } from './error-table/tenant.ts'

export type { ErrorRow } from './error-table/row.ts'

/**
 * Every failure a caller can meet, closed and documented. A row's key is the stable `code` on the wire; `ours` says whether
 * it is the server's fault (those are logged as errors, their text never leaves the process); `next` is what the caller can do.
 */
export const errorTable = {
  ...requestErrors,
  ...signInErrors,
  ...tenantErrors,
  ...quotaErrors,
  ...billingErrors,
}

export type ErrorCode = keyof typeof errorTable
