import ipaddr from 'ipaddr.js'

/** Whether this names proxies whose word on the caller's address may be believed: one address, or a range that leaves strangers out. */
export function isProxyRange(text: string): boolean {
  if (!text.includes('/')) return ipaddr.IPv4.isValidFourPartDecimal(text) || (text.includes(':') && ipaddr.IPv6.isValid(text))
  return ipaddr.isValidCIDR(text) && ipaddr.parseCIDR(text)[1] > 0
}
