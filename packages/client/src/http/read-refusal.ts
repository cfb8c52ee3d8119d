import { type Fault, TollkeeperError } from '../errors/tollkeeper-error.ts'

/** An answer that is not a success, as the error it tells. Whatever is not a problem document came from something else. */
export function readRefusal(response: Response, text: string): TollkeeperError {
  const retryAfterSeconds = readRetryAfter(response.headers.get('retry-after'))
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json')
  const problem = isProblem ? readObject(text) : null
  if (typeof problem?.code !== 'string') return unreadable(response, retryAfterSeconds)
  const detail = textOf(problem.detail) ?? ''
  return new TollkeeperError({
    code: problem.code,
    status: response.status,
    title: textOf(problem.title) ?? '',
    detail,
    next: textOf(problem.next) ?? detail,
    faults: Array.isArray(problem.faults) ? (problem.faults as Fault[]) : [],
    requestId: textOf(problem.requestId),
    decisionId: textOf(problem.decisionId),
    retryAfterSeconds: retryAfterSeconds ?? (typeof problem.retryAfterSeconds === 'number' ? problem.retryAfterSeconds : null),
  })
}

/** What answered is not Tollkeeper: a proxy in front of it, or another server at this address. */
export function unreadable(response: Response, retryAfterSeconds: number | null = null): TollkeeperError {
  const next = 'Check that `url` leads to a Tollkeeper server, and what stands in between.'
  return new TollkeeperError({
    code: 'client.unreadable_answer',
    status: response.status,
    title: 'The answer is not one of Tollkeeper.',
    detail: `It had the status ${response.status} and the type ${response.headers.get('content-type') ?? 'none'}. ${next}`,
    next,
    faults: [],
    requestId: null,
    decisionId: null,
    retryAfterSeconds,
  })
}

/** A JSON object, or null when the text is anything else. */
export function readObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** Seconds, from either form of the header (RFC 9110 §10.2.3). */
function readRetryAfter(header: string | null): number | null {
  if (header === null) return null
  if (/^\d+$/.test(header)) return Number(header)
  const until = Date.parse(header)
  return Number.isNaN(until) ? null : Math.max(0, Math.ceil((until - Date.now()) / 1000))
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
