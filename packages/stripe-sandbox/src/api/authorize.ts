import { ApiError } from './api-error.ts'

/** Lets test keys in. A live key is turned away by name, so that nobody mistakes the sandbox for Stripe. */
export function authorize(header: string | undefined): void {
  const key = keyIn(header)
  if (key === null) {
    throw new ApiError(
      401,
      'invalid_request_error',
      'You did not provide an API key. Send it as the bearer token: `Authorization: Bearer sk_test_…`.',
    )
  }
  if (/^(sk|rk)_live_/.test(key)) {
    throw new ApiError(
      401,
      'invalid_request_error',
      'This is the sandbox and it never takes a live key. Use the key it printed, which begins with sk_test_, or point your client at Stripe itself.',
    )
  }
  if (!/^(sk|rk)_test_\w+$/.test(key)) {
    throw new ApiError(
      401,
      'invalid_request_error',
      `Invalid API Key provided: ${key.slice(0, 4)}***. Use one that begins with sk_test_.`,
    )
  }
}

function keyIn(header: string | undefined): string | null {
  const [scheme, value] = header?.split(' ') ?? []
  if (!scheme || !value) return null
  if (scheme.toLowerCase() === 'bearer') return value
  // curl -u sk_test_…:
  if (scheme.toLowerCase() === 'basic') return Buffer.from(value, 'base64').toString().split(':')[0] ?? null
  return null
}
