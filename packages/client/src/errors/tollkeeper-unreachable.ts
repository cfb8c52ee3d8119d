interface Lost {
  url: string
  attempts: number
  elapsedMs: number
  requestId: string | null
  cause: unknown
}

/**
 * No answer came in time: the server is down, the network is, or it was too slow. Whether the request was carried out is not
 * known; asking again with the same `requestId` is answered the same and charged once.
 */
export class TollkeeperUnreachable extends Error {
  override name = 'TollkeeperUnreachable'
  attempts: number
  elapsedMs: number
  /** The id of the `authorize` that got no answer; null for calls that have none. */
  requestId: string | null

  constructor({ url, attempts, elapsedMs, requestId, cause }: Lost) {
    const tried = attempts === 1 ? 'one attempt' : `${attempts} attempts`
    super(
      `Tollkeeper at ${url} gave no answer (${tried} in ${(elapsedMs / 1000).toFixed(1)} s: ${reason(cause)}). Check that it runs and that the address is right, then ask again${requestId ? ' with the same requestId' : ''}.`,
      { cause },
    )
    this.attempts = attempts
    this.elapsedMs = elapsedMs
    this.requestId = requestId
  }
}

/** What `fetch` reports is "fetch failed"; the reason is one or two causes further down. */
function reason(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  if (cause.cause instanceof Error) return reason(cause.cause)
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
  return cause.message.includes(code) ? cause.message || code : `${cause.message} ${code}`.trim()
}
