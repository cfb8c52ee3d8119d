import type { Attempt } from './delivery.ts'
import type { WebhookEndpoint } from './endpoint.ts'
import { signatureHeader } from './sign.ts'

/** Posts an event to an endpoint once. Anything but a 2xx within `timeoutMs` is a failure; redirects are not followed. */
export async function send(endpoint: WebhookEndpoint, event: object, timeoutMs: number): Promise<Attempt> {
  // Signed with the real time, whatever the sandbox clock says: receivers check it against their own.
  const at = Date.now()
  const body = JSON.stringify(event, null, 2)
  try {
    const response = await fetch(endpoint.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'stripe-signature': signatureHeader(endpoint.secret, body, Math.floor(at / 1000)),
        'user-agent': 'Stripe/1.0 (Tollkeeper sandbox)',
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    await response.arrayBuffer()
    return { at, status: response.status, error: null }
  } catch (error) {
    return { at, status: null, error: reasonOf(error) }
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
