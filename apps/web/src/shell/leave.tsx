import { type ReactNode, useEffect, useState } from 'react'

/**
 * Leaves for another screen, once, however often it is drawn while the move is under way. The router's own `Navigate` moves on
 * every drawing, which never ends where the target is made from the present address.
 */
export function Leave({ go, children }: { go: () => void; children: ReactNode }) {
  const [leave] = useState(() => go)
  useEffect(() => leave(), [leave])
  return children
}
