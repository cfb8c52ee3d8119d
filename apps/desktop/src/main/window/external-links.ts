import { isSameServer } from '../connections/same-server.ts'

/** Pages of Stripe that invoices and payments lead to. */
const trustedHosts = new Set(['dashboard.stripe.com', 'invoice.stripe.com', 'checkout.stripe.com', 'billing.stripe.com'])

/**
 * The address as it may be handed to the system browser, or null. The system starts whatever program a scheme belongs to,
 * so only web pages of connected servers (by origin) and a few https hosts pass.
 */
export function externalLink(address: string, serverOrigins: readonly string[]): string | null {
  if (address.length > 2048 || /[^\x21-\x7e]/.test(address) || address.includes('\\')) return null
  const url = URL.parse(address)
  if (!url || url.username || url.password) return null
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null
  if (serverOrigins.some((origin) => isSameServer(url, new URL(origin)))) return url.href
  return url.protocol === 'https:' && url.port === '' && trustedHosts.has(url.hostname) ? url.href : null
}
