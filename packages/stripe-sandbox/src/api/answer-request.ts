import { setTimeout as wait } from 'node:timers/promises'
import qs from 'qs'
import type { Sandbox } from '../sandbox.ts'
import { settle } from '../time/settle.ts'
import { ApiError } from './api-error.ts'
import { expand } from './expand.ts'
import { fingerprintOf, type StoredAnswer } from './idempotency.ts'
import { readInput } from './read-input.ts'
import type { RequestFault } from './request-faults.ts'
import type { Route } from './route.ts'

export interface ApiRequest {
  requestId: string
  path: string
  id: string
  /** The form-encoded body of a POST, the query string of anything else. */
  form: string
  idempotencyKey: string | null
}

export interface Answer {
  status: number
  body: string
  /** True where the answer was given before and is only repeated. */
  replayed: boolean
}

/** Answers one API request, or `hang_up` where a fault cuts the line. */
export async function answerRequest(sandbox: Sandbox, route: Route, request: ApiRequest): Promise<Answer | 'hang_up'> {
  const fault = sandbox.faults.take(route.method, request.path)
  if (fault?.work === 'undone') {
    await wait(fault.delayMs ?? 0)
    if (fault.answer !== undefined) return spoilt(fault.answer)
  }
  const key = route.method === 'POST' ? request.idempotencyKey : null
  const fingerprint = fingerprintOf(route.method, request.path, request.form)
  const stored = key === null ? null : sandbox.idempotency.begin(key, fingerprint)
  if (stored) return { status: stored.status, body: stored.body, replayed: true }
  const { answer, keep } = perform(sandbox, route, request)
  const remember = (status: number, body: string) => {
    if (key === null) return
    if (!keep) return sandbox.idempotency.release(key)
    const row: StoredAnswer = { id: key, fingerprint, status, body, requestId: request.requestId, at: sandbox.realNow() }
    sandbox.idempotency.settle(row)
  }
  if (fault?.work !== 'done') {
    remember(answer.status, answer.body)
    return answer
  }
  await wait(fault.delayMs ?? 0)
  const failed = faultyAnswer(fault)
  if (failed !== null && failed !== 'hang_up' && fault.remembered) remember(failed.status, failed.body)
  else remember(answer.status, answer.body)
  return failed ?? answer
}

/** Does the work. What was refused before anything happened is not kept under the idempotency key. */
function perform(sandbox: Sandbox, route: Route, request: ApiRequest): { answer: Answer; keep: boolean } {
  try {
    settle(sandbox.ledger)
    const { expand: paths, ...form } = decode(request.form)
    const input = readInput(route.input, form) as never
    const origin = { id: request.requestId, idempotency_key: request.idempotencyKey }
    const result = sandbox.ledger.transact(origin, (books) => {
      const answer = route.handle({ books, input, id: request.id })
      return expand(books, answer, pathsIn(paths))
    })
    return { answer: { status: 200, body: JSON.stringify(result, null, 2), replayed: false }, keep: true }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const answer = { status: error.status, body: JSON.stringify(error.toBody(), null, 2), replayed: false }
    return { answer, keep: error.status === 402 }
  }
}

function decode(form: string): Record<string, unknown> {
  return qs.parse(form, { depth: 10, arrayLimit: 1000, parameterLimit: 2000 })
}

function pathsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((path) => typeof path === 'string') : []
}

function faultyAnswer(fault: RequestFault): Answer | 'hang_up' | null {
  return fault.answer === undefined ? null : spoilt(fault.answer)
}

function spoilt(answer: number | 'hang_up'): Answer | 'hang_up' {
  if (answer === 'hang_up') return 'hang_up'
  const error = new ApiError(answer, 'api_error', 'The sandbox was told to fail here.')
  return { status: answer, body: JSON.stringify(error.toBody(), null, 2), replayed: false }
}
