import ipaddr from 'ipaddr.js'

/** Where a call comes from when nobody can tell; all such calls share one bucket. */
export const UNREADABLE_ADDRESS = 'unreadable'

/**
 * An IP address in its one spelling, as a socket or a proxy may have written it: with a port, in brackets, with a zone, an IPv4 one
 * inside an IPv6 one.
 * @returns null for what is no address
 */
export function readAddress(text: string): string | null {
  const bare = withoutPort(text.trim()).replace(/%.*$/, '')
  // only the four decimal parts: 0x7f.1 and the like are no way a proxy writes an address
  const isAddress = bare.includes(':') ? ipaddr.IPv6.isValid(bare) : ipaddr.IPv4.isValidFourPartDecimal(bare)
  return isAddress ? ipaddr.process(bare).toString() : null
}

/** One subscriber line is handed a whole IPv6 /64, so its addresses share a bucket, however they are spelled. */
export function addressBucket(text: string): string {
  const address = readAddress(text)
  if (address === null) return UNREADABLE_ADDRESS
  const parsed = ipaddr.parse(address)
  if (parsed instanceof ipaddr.IPv4) return address
  return parsed.parts
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')
}

function withoutPort(text: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text)
  if (bracketed) return bracketed[1]!
  return text.replace(/^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/, '$1')
}
