export interface Answer {
  status: number
  headers: Headers
  /** Parsed when the answer is JSON, else its text. */
  body: unknown
}

/** One REST call. A string body is sent as it stands; anything else as JSON. */
export type Call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>

/** Calls a server with the same headers each time. Paths are under /api/v1; `//path` is from the top. */
export function callerOf(url: string, always: Record<string, string>): Call {
  return async (method, path, body, headers = {}) => {
    const address = path.startsWith('//') ? `${url}${path.slice(1)}` : `${url}/api/v1${path}`
    const response = await fetch(address, {
      method,
      redirect: 'manual',
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...always, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: parse(text, response.headers.get('content-type')) }
  }
}

function parse(text: string, type: string | null): unknown {
  return type?.includes('json') && text !== '' ? JSON.parse(text) : text
}
