import { TollkeeperError } from '../errors/tollkeeper-error.ts'
import { TollkeeperUnreachable } from '../errors/tollkeeper-unreachable.ts'

/**
 * Whether a call ended without Tollkeeper having said anything: no connection, no answer in time, or a server or proxy that
 * failed. A refusal is an answer, and so is a page of something else at that address: nothing passes for those.
 */
export function isNoAnswer(error: unknown): error is TollkeeperUnreachable | TollkeeperError {
  return error instanceof TollkeeperUnreachable || (error instanceof TollkeeperError && error.status >= 500)
}

/** Whether what was asked may have been carried out although no answer came. */
export function mayHaveArrived(error: TollkeeperUnreachable | TollkeeperError): boolean {
  return !(error instanceof TollkeeperUnreachable) || error.mayHaveArrived
}
