import { type ErrorCode, type ErrorData, errorTable, type Fault } from '@tollkeeper/shared'

/** A refusal with its row of the server's error table. */
export class Refusal extends Error {
  readonly data: ErrorData

  constructor(code: ErrorCode, detail?: string, particulars: { faults?: Fault[]; retryAfterSeconds?: number } = {}) {
    const { title, status, next } = errorTable[code]
    super(detail ?? title)
    this.data = { code, status, next, requestId: 'req_06f4kzs8m2v1c9q7e3r5t0w4xb', ...particulars }
  }
}

/** An answer that refuses. */
export function refuse(...refusal: ConstructorParameters<typeof Refusal>): () => never {
  return () => {
    throw new Refusal(...refusal)
  }
}

/** An answer that never comes: the screen stays as it is while loading. */
export function never(): Promise<never> {
  return new Promise(() => undefined)
}
