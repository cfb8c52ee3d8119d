import { useRouter } from '@tanstack/react-router'
import { useKeys } from '../keyboard/use-keys.ts'

/** Escape leaves a detail for the list it was opened from, with its search; a detail that was opened directly leads to the plain list. */
export function useBackTo(list: () => void): void {
  const { history } = useRouter()
  useKeys({ escape: () => (history.canGoBack() ? history.back() : list()) })
}
