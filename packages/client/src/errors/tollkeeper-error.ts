/** One fault of a refused request: where, and what is wrong with it. */
export interface Fault {
  path: string
  message: string
  code?: string
}

/** What is known of a refusal (RFC 9457, with Tollkeeper's own members). */
export interface Refusal {
  title: string
  status: number
  detail: string
  next: string
  code: string
  requestId: string | null
  faults: Fault[]
  decisionId: string | null
  retryAfterSeconds: number | null
}

/**
 * The server refused the request itself: a false key, bad input, too many calls. That something is not allowed is no error:
 * `authorize` answers it, with `allowed: false`.
 */
export class TollkeeperError extends Error implements Refusal {
  override name = 'TollkeeperError'
  /** Stable; made for programs. Every code is listed at `/docs/errors` of the server. */
  code: string
  /** The HTTP status. */
  status: number
  /** What happened, in one sentence. */
  title: string
  /** What happened this time, and what to do next. */
  detail: string
  /** Only what to do next. */
  next: string
  /** Where the input is at fault. */
  faults: Fault[]
  /** Quote it when you ask for help. */
  requestId: string | null
  /** The decision that was made before, where the refusal is about that one. */
  decisionId: string | null
  /** Seconds after which it is worth asking again; null when nothing was said. */
  retryAfterSeconds: number | null

  constructor(refusal: Refusal) {
    super(describe(refusal))
    this.code = refusal.code
    this.status = refusal.status
    this.title = refusal.title
    this.detail = refusal.detail
    this.next = refusal.next
    this.faults = refusal.faults
    this.requestId = refusal.requestId
    this.decisionId = refusal.decisionId
    this.retryAfterSeconds = refusal.retryAfterSeconds
  }
}

function describe({ title, detail, code, faults, requestId }: Refusal): string {
  const where = faults.map(({ path, message }) => `${path} ${message}`).join('; ')
  return [title, detail, where && `Faults: ${where}.`, `(${code}${requestId ? `, ${requestId}` : ''})`].filter(Boolean).join(' ')
}
