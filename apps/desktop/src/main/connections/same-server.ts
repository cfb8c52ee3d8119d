import { isLoopback } from './server-address.ts'

/**
 * Whether two addresses lead to the same server. This machine has several names: a server that calls itself localhost may
 * have been connected to as 127.0.0.1.
 */
export function isSameServer(one: URL, other: URL): boolean {
  if (one.origin === other.origin) return true
  return one.protocol === other.protocol && one.port === other.port && isLoopback(one.hostname) && isLoopback(other.hostname)
}
