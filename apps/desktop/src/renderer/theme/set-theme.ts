import { chooseTheme, type ThemeChoice } from '@tollkeeper/ui'

/** In the page at once, and in the window's own parts: menus, scroll bars, the colour before the first picture. */
export function setTheme(theme: ThemeChoice): void {
  chooseTheme(theme)
  void window.tollkeeper.call['console.theme']({ theme })
}
