import type { ErrorData } from '@tollkeeper/shared'
import { TRPCClientError } from '@trpc/client'
import { FileFailure } from './file-failure.ts'
import { tellOnPage } from './tell-on-page.ts'

/** A failed call as the screens show it: what happened, what to do, and what to quote. */
export interface Failure {
  title: string
  next: string
  /** A code of the server's error table, or `network.…` and `client.…` for what never reached it. */
  code: string
  faults: readonly { path: string; message: string }[]
  requestId: string | undefined
  retryAfterSeconds: number | undefined
}

const unreachable = {
  title: 'The server cannot be reached.',
  next: 'Check your connection, then try again. Nothing you typed is lost.',
  code: 'network.unreachable',
}
const tooSlow = {
  title: 'The server did not answer in time.',
  next: 'Try again in a moment. Nothing you typed is lost.',
  code: 'network.timeout',
}
const unexpected = {
  title: 'Something in this page failed.',
  next: 'Load the page again. If it stays, tell the people who run this service what you did.',
  code: 'client.unexpected',
}
const blank = { faults: [], requestId: undefined, retryAfterSeconds: undefined }

/** Reads whatever a call threw. */
export function readFailure(error: unknown): Failure {
  if (error instanceof FileFailure) return error.failure
  if (!(error instanceof TRPCClientError)) return { ...blank, ...unexpected }
  const data = error.data as ErrorData | null | undefined
  if (!data?.code) return { ...blank, ...(isTimeout(error) ? tooSlow : unreachable) }
  return {
    ...tellOnPage(data.code, { title: error.message, next: data.next }),
    code: data.code,
    faults: data.faults ?? [],
    requestId: data.requestId || undefined,
    retryAfterSeconds: data.retryAfterSeconds,
  }
}

function isTimeout(error: Error): boolean {
  return error.cause instanceof DOMException && error.cause.name === 'TimeoutError'
}

const signedOutCodes = new Set(['auth.unauthenticated', 'auth.session_ended', 'auth.token_invalid', 'auth.token_expired'])

/** The call was refused because nobody is signed in, or no longer. */
export function isSignedOut(error: unknown): boolean {
  return error !== null && error !== undefined && signedOutCodes.has(readFailure(error).code)
}

/** The first step of a sign-in is done, and the second has to follow. */
export function isHalfDone(error: unknown): boolean {
  return error !== null && error !== undefined && readFailure(error).code === 'auth.second_factor_needed'
}

/** The tenant asks for sign-ins in two steps, and this one was none. */
export function needsSecondFactor(error: unknown): boolean {
  return error !== null && error !== undefined && readFailure(error).code === 'tenant.second_factor_needed'
}

/** Worth asking again: the network or the server was in trouble, and the question was not at fault. */
export function isPassing(error: unknown): boolean {
  const { code } = readFailure(error)
  return code.startsWith('network.') || code === 'service.unavailable' || code === 'quota.overloaded'
}
