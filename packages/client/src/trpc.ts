import { createTRPCClient, httpBatchLink, httpLink, splitLink, type TRPCClient } from '@trpc/client'
import type { AppRouter } from './router.ts'

export type ApiClient = TRPCClient<AppRouter>

type Headers = Record<string, string>

export interface ApiClientOptions {
  /** The server's address; empty for the page's own. */
  url: string
  /** Sent with every request; a function is asked each time. */
  headers?: Headers | (() => Headers | Promise<Headers>)
  fetch?: typeof globalThis.fetch
}

/** The server takes no more calls than this in one request. */
const maxItems = 10
const maxURLLength = 6000

/**
 * The typed client of every procedure, for the web client and the console. Reads asked together travel together. Changes
 * travel alone, so that each carries its own `Idempotency-Key` (the call's `context: { idempotencyKey }`); `quota.check`
 * does too, because the server answers it, like `quota.authorize`, on a faster way that takes no batches.
 */
export function createApiClient({ url, headers, fetch }: ApiClientOptions): ApiClient {
  const endpoint = { url: `${url.replace(/\/+$/, '')}/trpc`, fetch: fetch as typeof globalThis.fetch | undefined }
  const shared = async () => (typeof headers === 'function' ? await headers() : (headers ?? {}))
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type, path }) => type === 'mutation' || path === 'quota.check',
        true: httpLink({ ...endpoint, headers: async ({ op }) => ({ ...(await shared()), ...idempotencyKey(op.context) }) }),
        false: httpBatchLink({ ...endpoint, headers: shared, maxItems, maxURLLength }),
      }),
    ],
  })
}

function idempotencyKey({ idempotencyKey: key }: Record<string, unknown>): Headers {
  return typeof key === 'string' ? { 'idempotency-key': key } : {}
}
