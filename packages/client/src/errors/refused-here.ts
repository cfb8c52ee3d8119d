import { type Fault, TollkeeperError } from './tollkeeper-error.ts'

/** What the server would have said, said by the client: the request itself is at fault. */
export function refusedHere(
  code: 'input.invalid' | 'quota.request_conflict',
  { faults = [], decisionId = null }: { faults?: Fault[]; decisionId?: string | null },
): TollkeeperError {
  const isInput = code === 'input.invalid'
  const title = isInput
    ? 'The request has faults; each is listed with its path.'
    : 'This request id was used for another feature or amount.'
  const next = isInput ? 'Correct the fields listed under `faults` and send it again.' : 'Use a new request id for a new request.'
  const status = isInput ? 400 : 409
  return new TollkeeperError({
    code,
    status,
    title,
    detail: next,
    next,
    faults,
    decisionId,
    requestId: null,
    retryAfterSeconds: null,
  })
}
