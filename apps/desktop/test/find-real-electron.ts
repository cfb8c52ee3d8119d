import { findElectron } from '../scripts/find-electron.ts'

/** A real Electron that can open a window here, or the reason why there is none. */
export function findRealElectron(): { binary: string; obstacle: null } | { binary: null; obstacle: string } {
  const binary = findElectron()
  if (binary === null) return { binary, obstacle: 'no Electron binary was found' }
  if (process.platform === 'linux') {
    if (process.getuid?.() === 0) return { binary: null, obstacle: "Electron's sandbox does not run as root" }
    if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return { binary: null, obstacle: 'there is no display' }
  }
  return { binary, obstacle: null }
}
