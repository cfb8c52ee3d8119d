import type { AppRouter } from '@tollkeeper/client/router'
import { createTRPCClient, httpLink } from '@trpc/client'

/** The server's procedures for a test, as the holder of a token or an API key, or as nobody; from an address of its own. */
export function callServer(url: string, bearer?: string) {
  const headers = { 'x-forwarded-for': nextAddress(), ...(bearer ? { authorization: `Bearer ${bearer}` } : {}) }
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${url}/trpc`, headers })] })
}

let last = 0

/** Of the range that is kept for benchmarks: no real machine has one. */
function nextAddress(): string {
  last += 1
  return `198.18.${last >> 8}.${last & 255}`
}
