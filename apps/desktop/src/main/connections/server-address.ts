import { failed } from '../console-error.ts'

/** Whether a host, as a URL names it, is this machine. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname)
}

/**
 * The origin a person means. A bare host gets https, or http when it is this machine.
 * @throws ConsoleError console.address_invalid, console.address_insecure
 */
export function serverAddress(typed: string): string {
  const text = typed.trim()
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : withScheme(text))
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') throw failed('console.address_invalid')
  if (url.username || url.password || url.pathname !== '/' || url.search || url.hash) throw failed('console.address_invalid')
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) throw failed('console.address_insecure')
  return url.origin
}

function withScheme(text: string): string {
  const host = URL.parse(`https://${text}`)?.hostname ?? ''
  return `${isLoopback(host) ? 'http' : 'https'}://${text}`
}
