import { type ErrorCode, type ErrorRow, errorTable, type Fault, type PendingSignIn, type Remedy } from '@tollkeeper/shared'

interface Particulars {
  /** What happened this time; follows the table's title. Never holds a secret, or text of an unknown error. */
  detail?: string
  faults?: Fault[]
  decisionId?: string
  retryAfterSeconds?: number
  /** Of a sign-in that needs its second factor. Holds a secret of the caller's own, which only the answer may tell. */
  challenge?: PendingSignIn
  remedies?: Remedy[]
  cause?: unknown
}

/** A failure with a row in the error table. Anything else that is thrown is a fault of ours, and is answered without its text. */
export class AppError extends Error {
  override name = 'AppError'
  code: ErrorCode
  particulars: Particulars

  constructor(code: ErrorCode, particulars: Particulars = {}) {
    super(particulars.detail ? `${errorTable[code].title} ${particulars.detail}` : errorTable[code].title, {
      cause: particulars.cause,
    })
    this.code = code
    this.particulars = particulars
  }

  get row(): ErrorRow {
    return errorTable[this.code]
  }

  /** When to come back; undefined where the time is no matter. */
  get retryAfterSeconds(): number | undefined {
    return this.particulars.retryAfterSeconds ?? (this.row.status === 503 ? 1 : undefined)
  }
}

/** What is asked cannot be asked of the feature that is named. */
export function wrongFeature(code: ErrorCode, message: string): AppError {
  return new AppError(code, { faults: [{ path: 'feature', message }] })
}

/** Bad input found after the schema has passed: the path of the field and what is wrong with it. */
export function invalidInput(path: string, message: string): AppError {
  return new AppError('input.invalid', { faults: [{ path, message }] })
}
