import type { TollkeeperError } from '../errors/tollkeeper-error.ts'
import type { Settings } from '../settings.ts'
import type { Call } from './call.ts'
import { readObject, readRefusal, unreadable } from './read-refusal.ts'

/** How one attempt ended: an answer, a refusal of the server, or nothing that can be told. */
export type Outcome =
  | { kind: 'answered'; answer: Record<string, unknown> }
  | { kind: 'refused'; error: TollkeeperError }
  | { kind: 'lost'; cause: unknown }

/**
 * Sends a call once.
 * @throws the reason of the caller's own signal, when that is what ended it
 */
export async function attempt(settings: Settings, call: Call, limitMs: number, signal: AbortSignal | undefined): Promise<Outcome> {
  signal?.throwIfAborted()
  const controller = new AbortController()
  const timer = setTimeout(
    () => controller.abort(new DOMException(`no answer within ${Math.round(limitMs)} ms`, 'TimeoutError')),
    limitMs,
  )
  const stop = () => controller.abort(signal?.reason)
  signal?.addEventListener('abort', stop, { once: true })
  try {
    const response = await settings.fetch(`${settings.url}/api/v1${call.path}`, {
      method: call.method,
      headers: {
        authorization: settings.authorization,
        accept: 'application/json, application/problem+json',
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      // a redirected POST would become a GET, and the key would travel where it was not sent
      redirect: 'manual',
      signal: controller.signal,
      ...(call.body === undefined ? {} : { body: call.body }),
    })
    return read(response, await response.text())
  } catch (cause) {
    signal?.throwIfAborted()
    return { kind: 'lost', cause }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  }
}

function read(response: Response, text: string): Outcome {
  if (!response.ok) return { kind: 'refused', error: readRefusal(response, text) }
  const answer = readObject(text)
  return answer ? { kind: 'answered', answer } : { kind: 'refused', error: unreadable(response) }
}
