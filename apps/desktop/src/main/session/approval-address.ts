import { failed } from '../console-error.ts'

/**
 * The page where the sign-in is approved. It must be the server's own: otherwise a false server could send the person,
 * and their password, to a page of its choice.
 * @throws ConsoleError console.address_differs
 */
export function approvalAddress(address: string, origin: string): string {
  const url = URL.parse(address)
  if (url?.origin !== origin || url.username || url.password) throw failed('console.address_differs', `(${url?.origin ?? 'none'})`)
  return url.href
}
