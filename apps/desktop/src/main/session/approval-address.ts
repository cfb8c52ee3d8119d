import { isSameServer } from '../connections/same-server.ts'
import { failed } from '../console-error.ts'

/**
 * The page where the sign-in is approved. It must be the server's own: otherwise a false server could send the person,
 * and their password, to a page of its choice.
 * @throws ConsoleError console.address_differs
 */
export function approvalAddress(address: string, origin: string): string {
  const url = URL.parse(address)
  if (!url || url.username || url.password || !isSameServer(url, new URL(origin)))
    throw failed('console.address_differs', `(${url?.origin ?? 'none'})`)
  return url.href
}
