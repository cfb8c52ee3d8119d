import { app, net } from 'electron'
import { failed } from '../console-error.ts'

const TIMEOUT_MS = 15_000

/**
 * A request to a connected server through the system's proxy and certificates, without cookies and without following
 * a redirect: a token is sent to the origin the person chose and nowhere else.
 * @throws ConsoleError console.server_unreachable, console.server_timeout
 */
export async function serverFetch(url: string, init: RequestInit = {}, timeoutMs = TIMEOUT_MS): Promise<Response> {
  const headers = new Headers(init.headers)
  headers.set('user-agent', `tollkeeper-console/${app.getVersion()}`)
  const signal = init.signal ? AbortSignal.any([init.signal, AbortSignal.timeout(timeoutMs)]) : AbortSignal.timeout(timeoutMs)
  try {
    return await net.fetch(url, { ...init, headers, signal, credentials: 'omit', redirect: 'error', cache: 'no-store' })
  } catch (error) {
    if (init.signal?.aborted) throw error
    if (signal.aborted) throw failed('console.server_timeout', undefined, error)
    throw failed('console.server_unreachable', reasonOf(error), error)
  }
}

/** Chromium names its reasons `net::ERR_…`; they tell a wrong port from a wrong certificate. */
function reasonOf(error: unknown): string | undefined {
  const text = error instanceof Error ? `${error.message} ${error.cause instanceof Error ? error.cause.message : ''}` : ''
  const reason = /net::(ERR_[A-Z_]+)|\b(E[A-Z]{4,})\b/.exec(text)
  return reason ? `(${reason[1] ?? reason[2]})` : undefined
}
