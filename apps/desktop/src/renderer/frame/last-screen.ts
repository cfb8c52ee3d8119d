const keyOf = (connectionId: string) => `tollkeeper.screen.${connectionId}`

/** Each connection comes back to where it was left, search included. */
export function rememberScreen(connectionId: string, href: string): void {
  localStorage.setItem(keyOf(connectionId), href)
}

/** The address inside the console where the connection was left; its overview when it is new. */
export function lastScreen(connectionId: string): string {
  const home = `/c/${connectionId}`
  const kept = localStorage.getItem(keyOf(connectionId))
  return kept?.startsWith(home) ? kept : home
}

export function forgetScreen(connectionId: string): void {
  localStorage.removeItem(keyOf(connectionId))
}
