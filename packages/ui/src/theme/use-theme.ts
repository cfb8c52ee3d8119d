import { useSyncExternalStore } from 'react'
import { chooseTheme, onThemeChange, readTheme, type ThemeChoice } from './theme.ts'

/** The reader's choice of theme and how to change it. */
export function useTheme(): [ThemeChoice, (choice: ThemeChoice) => void] {
  const choice = useSyncExternalStore(onThemeChange, readTheme, () => 'system' as const)
  return [choice, chooseTheme]
}
