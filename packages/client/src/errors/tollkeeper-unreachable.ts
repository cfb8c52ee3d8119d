interface Lost {
  url: string
  attempts: number
  elapsedMs: number
  requestId: string | null
  mayHaveArrived: boolean
  cause: unknown
}

/** Why a feature's failure policy let nothing pass. */
export type HeldBack = 'closed' | 'cap_reached' | 'lease_used_up' | 'may_be_counted' | 'policy_unknown' | 'refused_before'

const heldBackBecause: Record<HeldBack, string> = {
  closed: 'the feature lets nothing pass without it',
  cap_reached: 'as much of the feature has passed without it as may',
  lease_used_up: 'what was taken of the feature ahead is used up or too old',
  may_be_counted: 'it may have been counted although no answer came; asked with the same requestId, it is counted once',
  policy_unknown: 'what the feature may do without it was never heard',
  refused_before: 'it had refused this key before, so nothing passes without it',
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
  /** False where no attempt got as far as a connection: then nothing was carried out. */
  mayHaveArrived: boolean
  /** Why the failure policy of the feature did not let it pass; null where none was asked. */
  heldBack: HeldBack | null

  constructor({
    url,
    attempts,
    elapsedMs,
    requestId,
    mayHaveArrived,
    heldBack = null,
    cause,
  }: Lost & { heldBack?: HeldBack | null }) {
    const held = heldBack === null || heldBack === 'closed' ? '' : ` Nothing passes now: ${heldBackBecause[heldBack]}.`
    const tried = attempts === 1 ? 'one attempt' : `${attempts} attempts`
    super(
      `Tollkeeper at ${url} gave no answer (${tried} in ${(elapsedMs / 1000).toFixed(1)} s: ${reason(cause)}). Check that it runs and that the address is right, then ask again${requestId ? ' with the same requestId' : ''}.${held}`,
      { cause },
    )
    this.attempts = attempts
    this.elapsedMs = elapsedMs
    this.requestId = requestId
    this.mayHaveArrived = mayHaveArrived
    this.heldBack = heldBack
  }
}

/** What `fetch` reports is "fetch failed"; the reason is one or two causes further down. */
function reason(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  if (cause.cause instanceof Error) return reason(cause.cause)
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
  return cause.message.includes(code) ? cause.message || code : `${cause.message} ${code}`.trim()
}
