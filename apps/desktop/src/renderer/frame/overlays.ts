import { createContext, useContext } from 'react'

export interface Overlays {
  openPalette: () => void
  openShortcuts: () => void
}

export const OverlayContext = createContext<Overlays | null>(null)

/** What can be opened on top of any screen. */
export function useOverlays(): Overlays {
  const overlays = useContext(OverlayContext)
  if (overlays === null) throw new Error('useOverlays is for screens inside the console.')
  return overlays
}
