import { chooseTheme, type ThemeChoice } from '@tollkeeper/ui'
import { kept } from '../session/storage.ts'

/** The theme the account had when this browser was last told. */
const lastTold = kept(() => localStorage, 'tollkeeper.theme.saved')

/** Whether this browser was ever told the theme of an account. */
export function knowsSavedTheme(): boolean {
  return lastTold.read() !== null
}

/**
 * Takes over the theme of the account, where it is another than this browser was told before: the later choice holds, whether it
 * was made here or on another device. Who never chose one keeps what they see.
 */
export function adoptSavedTheme(saved: ThemeChoice): void {
  const before = lastTold.read() ?? 'system'
  lastTold.write(saved)
  if (saved !== before) chooseTheme(saved)
}

/** What is shown here was saved to the account. */
export function noteSavedTheme(saved: ThemeChoice): void {
  lastTold.write(saved)
}
