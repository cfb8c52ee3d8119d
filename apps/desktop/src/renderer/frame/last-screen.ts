const keyOf = (connectionId: string) => `tollkeeper.screen.${connectionId}`

/** Each connection comes back to where it was left, search included. */
export function rememberScreen(connectionId: string, href: string): void {
  // the router may be on its way out already
  if (isWithin(connectionId, href)) localStorage.setItem(keyOf(connectionId), href)
}

/** The address inside the console where the connection was left; its overview when it is new. */
export function lastScreen(connectionId: string): string {
  const kept = localStorage.getItem(keyOf(connectionId))
  return kept !== null && isWithin(connectionId, kept) ? kept : `/c/${connectionId}`
}

export function forgetScreen(connectionId: string): void {
  localStorage.removeItem(keyOf(connectionId))
}

function isWithin(connectionId: string, href: string): boolean {
  return href.startsWith(`/c/${connectionId}`)
}
