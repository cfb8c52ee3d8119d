import type { AppRouter } from '@tollkeeper/client/router'
import { repeatWhenProved } from '@tollkeeper/client/step-up'
import { createTRPCClient, httpBatchLink, httpLink, splitLink, type TRPCClient } from '@trpc/client'
import { proofQuestion } from '../step-up/proof-question.ts'

/** The server takes no more calls than this in one request. */
const maxItems = 10
const timeoutMs = 20_000

export type ApiClient = TRPCClient<AppRouter>

/**
 * The client of one tenant, or of none. Reads that are asked together travel together; changes travel alone, so that each
 * carries its own Idempotency-Key and is answered as soon as it is done.
 */
export function createApiClient(tenantId: string | null): ApiClient {
  const acting = tenantId === null ? {} : { 'x-tenant-id': tenantId }
  return createTRPCClient<AppRouter>({
    links: [
      repeatWhenProved(proofQuestion.ask),
      splitLink({
        condition: (operation) => operation.type === 'mutation',
        true: httpLink({ url: '/trpc', fetch: fetchInTime, headers: ({ op }) => ({ ...acting, ...attemptHeader(op.context) }) }),
        false: httpBatchLink({ url: '/trpc', fetch: fetchInTime, headers: acting, maxItems, maxURLLength: 6000 }),
      }),
    ],
  })
}

/** Names the attempt for the options of a mutation: the same attempt sent twice is carried out once. */
export function attempt(id: string) {
  return { context: { attempt: id } }
}

function attemptHeader(context: Record<string, unknown>): Record<string, string> {
  return typeof context.attempt === 'string' ? { 'idempotency-key': context.attempt } : {}
}

/**
 * No answer is kept or shared by the browser's cache: the same address asks for another tenant with another header, and Chromium
 * would hold the second question back until the first is answered.
 */
function fetchInTime(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const timeout = AbortSignal.timeout(timeoutMs)
  return fetch(input, { ...init, cache: 'no-store', signal: init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout })
}
