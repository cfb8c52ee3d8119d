const isMac = /mac/i.test(navigator.userAgent)

/** A key with the platform's command key: `⌘K` or `Ctrl K`. */
export function modKey(key: string): string {
  return isMac ? `⌘${key}` : `Ctrl ${key}`
}

/** Whether the platform's command key is held, alone. */
export function holdsMod(event: KeyboardEvent): boolean {
  return isMac ? event.metaKey && !event.ctrlKey && !event.altKey : event.ctrlKey && !event.metaKey && !event.altKey
}
