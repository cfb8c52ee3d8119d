import type { Passkey } from '@tollkeeper/db'

const KNOWN = /^[a-z-]{1,32}$/

/** How the device of a passkey can be reached, as the browser is told. */
export function transportsOf({ transports }: Pick<Passkey, 'transports'>): string[] {
  return transports === '' ? [] : transports.split(',')
}

/** The form they are kept in. What is no word is dropped: a browser only uses them to ask in the right place. */
export function keptTransports(given: readonly string[] | undefined): string {
  return (given ?? [])
    .filter((transport) => KNOWN.test(transport))
    .slice(0, 8)
    .join(',')
}
